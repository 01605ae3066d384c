package org.stylemining.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelSpaceTest {
  private static LabelSpace toys() {
    return new LabelSpace("toys", List.of("ball", "doll"), new int[] {0xFF0000, 0x00FF00});
  }

  @Test
  void spacesAreTheSameWhereTheirContentIs() throws Exception {
    assertThat(toys()).isEqualTo(toys()).hasSameHashCodeAs(toys());
    assertThat(copy(toys())).isEqualTo(toys());
    assertThat(copy(LabelSpace.CITYSCAPES19)).isEqualTo(LabelSpace.CITYSCAPES19);
    assertThat(new LabelSpace("toys", List.of("ball", "doll"), new int[] {0xFF0000, 0x00FF01}))
        .isNotEqualTo(toys());
    assertThat(
            new LabelSpace(
                "toys", List.of("ball", "doll"), new int[] {0xFF0000, 0x00FF00}, new int[] {7, 8}))
        .isNotEqualTo(toys());
  }

  @Test
  void whatIsNoClassIsShownBlack() {
    assertThat(toys().palette()).startsWith(0xFF0000, 0x00FF00, 0).endsWith(0).hasSize(256);
  }

  @Test
  void refusesClassesThatCannotBeToldApart() {
    assertThatThrownBy(() -> new LabelSpace("x", List.of("a", "a"), new int[2]))
        .hasMessageContaining("a name of its own");
    assertThatThrownBy(() -> new LabelSpace("x", List.of(), new int[0]))
        .hasMessageContaining("expected 1 to 255 classes, found 0");
    assertThatThrownBy(() -> new LabelSpace("x", List.of("a"), new int[] {1 << 24}))
        .hasMessageContaining("expected 1 colours");
    assertThatThrownBy(
            () -> new LabelSpace("x", List.of("a", "b"), new int[] {0, 1}, new int[] {7, 7}))
        .hasMessageContaining("each once");
  }

  private static Object copy(Object object) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }
}
