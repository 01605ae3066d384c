package org.stylemining.notebook;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.internal.chartpart.IChart;
import org.rapaio.jupyter.kernel.display.DisplayData;
import org.rapaio.jupyter.kernel.display.DisplayRenderer;
import org.rapaio.jupyter.kernel.display.DisplayTransformer;
import org.rapaio.jupyter.kernel.display.MimeType;
import org.rapaio.jupyter.kernel.display.spi.DisplayProvider;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.RgbImage;

/** How the kernel shows pictures, charts and tables, found by it as a service. */
public final class Displays implements DisplayProvider {

  @Override
  public List<DisplayRenderer> getDisplayRenderers() {
    return List.of(
        new Renderer<>(RgbImage.class, image -> png(ImageFiles.encodePng(image), image.toString())),
        new Renderer<>(IChart.class, Displays::chart),
        new Renderer<>(Table.class, Displays::table));
  }

  @Override
  public List<DisplayTransformer> getDisplayTransformers() {
    return List.of();
  }

  private static DisplayData chart(IChart chart) {
    BufferedImage image = BitmapEncoder.getBufferedImage(chart);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return png(out.toByteArray(), chart.getClass().getSimpleName());
  }

  private static DisplayData table(Table table) {
    DisplayData data = DisplayData.withType(MimeType.HTML.longType(), table.html());
    data.putText(table.toString());
    return data;
  }

  /**
   * @param text what is shown where pictures are not
   */
  private static DisplayData png(byte[] file, String text) {
    DisplayData data =
        DisplayData.withType(MimeType.PNG.longType(), Base64.getEncoder().encodeToString(file));
    data.putText(text);
    return data;
  }

  /** In whatever form is asked for, since there is one for each kind of value. */
  private record Renderer<T>(Class<T> rendererClass, Function<T, DisplayData> rendering)
      implements DisplayRenderer {
    @Override
    public boolean canRender(String mime) {
      return true;
    }

    @Override
    public DisplayData render(String mime, Object value) {
      return rendering.apply(rendererClass.cast(value));
    }
  }
}
