package org.stylemining.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.rapaio.jupyter.kernel.display.DisplaySystem;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.RgbImage;

class DisplaysTest {

  @Test
  void theKernelShowsAPictureAsItIs() throws Exception {
    RgbImage image = RgbImage.filled(5, 3, new int[] {200, 100, 50});

    assertThat(ImageFiles.decodeRgb(png(image))).isEqualTo(image);
  }

  @Test
  void theKernelShowsAChartInItsSize() throws Exception {
    XYChart chart = new XYChartBuilder().width(300).height(200).title("loss").build();
    chart.addSeries("anchored", new double[] {1, 2}, new double[] {0.5, 0.7});

    assertThat(ImageIO.read(new ByteArrayInputStream(png(chart))))
        .matches(image -> image.getWidth() == 300 && image.getHeight() == 200);
  }

  @Test
  void theKernelShowsATableWithNumbersToTheRight() {
    Table table =
        Table.of("method", "mIoU %", "images")
            .row("a<b", Table.percent(0.4127), 12)
            .row("c", null, 3);

    assertThat(DisplaySystem.inst().render(table).data())
        .hasEntrySatisfying(
            "text/html",
            html ->
                assertThat(html.toString())
                    .contains(
                        "<th>mIoU %</th>",
                        "left\">a&lt;b</td>", "right\">41.3</td>", "right\">12</td>"))
        .containsEntry("text/plain", "method\tmIoU %\timages\na<b\t41.3\t12\nc\t\t3");
  }

  @Test
  void picturesOfOneWidthStandBelowEachOther() {
    RgbImage below =
        Pictures.below(List.of(RgbImage.black(6, 2), RgbImage.filled(6, 3, new int[] {9, 8, 7})));

    assertThat(below.height()).isEqualTo(2 + 4 + 3);
    assertThat(below.at(5, 8, 2)).isEqualTo(7);
    assertThat(below.at(0, 3, 0)).as("between them").isEqualTo(0x80);
    assertThatThrownBy(() -> Pictures.below(List.of(RgbImage.black(6, 2), RgbImage.black(5, 2))))
        .hasMessageContaining("expected images of 6 columns");
  }

  private static byte[] png(Object value) {
    Object png = DisplaySystem.inst().render(value).data().get("image/png");
    return Base64.getDecoder().decode((String) png);
  }
}
