package org.stylemining.style;

import java.util.ArrayList;
import java.util.List;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.Convolution;
import org.stylemining.nn.Convolution.Padding;
import org.stylemining.nn.Layer;
import org.stylemining.nn.MaxPooling;
import org.stylemining.nn.Parameter;
import org.stylemining.nn.ParameterStore;
import org.stylemining.nn.Sequential;

/** The encoders a generator can be built on, each with the decoder that mirrors it. */
public enum EncoderKind {
  /**
   * VGG-19 to relu4_1 in the "normalised" form of Huang and Belongie, 2017; stride 8, 512 channels.
   */
  VGG19 {
    private final int[] plan = {64, 64, 0, 128, 128, 0, 256, 256, 256, 256, 0, 512};

    @Override
    StyleEncoder encoder(Buffers buffers, ParameterStore store, String prefix, double width) {
      List<Layer> segments = new ArrayList<>();
      List<Layer> segment = new ArrayList<>();
      Convolution.Options plain = Convolution.Options.BIAS;
      segment.add(
          Convolution.same(store, buffers, prefix + "0", 3, 3, 1, 1, 1, Padding.ZERO, plain));
      int index = 1;
      int channels = 3;
      boolean pooled = true;
      for (int step : plan) {
        if (step == 0) {
          segment.add(new MaxPooling(buffers, 2, 0));
          index++;
          pooled = true;
          continue;
        }
        int out = scaled(step, width);
        // Sequential's index: padding, convolution, ReLU.
        segment.add(reflecting(store, buffers, prefix + (index + 1), channels, out));
        index += 3;
        channels = out;
        if (pooled) {
          segments.add(new Sequential(buffers, segment));
          segment = new ArrayList<>();
        }
        pooled = false;
      }
      return new StyleEncoder(this, buffers, store, segments, channels);
    }

    @Override
    Layer decoder(Buffers buffers, ParameterStore store, String prefix, double width) {
      return mirrored(
          buffers,
          store,
          prefix,
          width,
          new int[] {512, 256, 0, 256, 256, 256, 128, 0, 128, 64, 0, 64, 3});
    }
  },

  /** SqueezeNet 1.0 (Iandola et al., 2016) to fire4; stride 4, 256 channels. */
  SQUEEZENET {
    @Override
    StyleEncoder encoder(Buffers buffers, ParameterStore store, String prefix, double width) {
      Convolution.Options options = Convolution.Options.BIAS_RELU;
      int stem = scaled(96, width);
      List<Layer> segments = new ArrayList<>();
      segments.add(
          new Sequential(
              buffers,
              List.of(
                  InputScaling.caffe(buffers, SQUEEZENET_SCALE),
                  Convolution.same(
                      store, buffers, prefix + "conv1", 3, stem, 7, 2, 1, Padding.ZERO, options))));
      int channels = stem;
      int[][] fires = {{16, 64}, {16, 64}, {32, 128}};
      for (int i = 0; i < fires.length; i++) {
        int expand = scaled(fires[i][1], width);
        Layer fire =
            new Fire(
                store,
                buffers,
                prefix + "fire" + (i + 2),
                channels,
                scaled(fires[i][0], width),
                expand,
                options);
        segments.add(
            i == 0 ? new Sequential(buffers, List.of(new MaxPooling(buffers, 3, 0), fire)) : fire);
        channels = 2 * expand;
      }
      return new StyleEncoder(this, buffers, store, segments, channels);
    }

    @Override
    Layer decoder(Buffers buffers, ParameterStore store, String prefix, double width) {
      return mirrored(
          buffers, store, prefix, width, new int[] {256, 128, 128, 0, 64, 64, 0, 32, 3});
    }
  },

  /**
   * A small encoder that is trained on the source sets where no published weights are at hand;
   * stride 2, 64 channels. It is shallow for its decoder's sake: what three convolutions can undo
   * is learned in minutes, and keeps the image's edges.
   */
  TRAINED {
    @Override
    StyleEncoder encoder(Buffers buffers, ParameterStore store, String prefix, double width) {
      int stem = scaled(32, width);
      int channels = scaled(64, width);
      List<Layer> segments = new ArrayList<>();
      segments.add(
          new Sequential(
              buffers,
              List.of(
                  InputScaling.centred(buffers),
                  reflecting(store, buffers, prefix + "conv1", 3, stem))));
      segments.add(
          new Sequential(
              buffers,
              List.of(
                  new MaxPooling(buffers, 2, 0),
                  reflecting(store, buffers, prefix + "conv2", stem, channels))));
      segments.add(reflecting(store, buffers, prefix + "conv3", channels, channels));
      segments.add(reflecting(store, buffers, prefix + "conv4", channels, channels));
      return new StyleEncoder(this, buffers, store, segments, channels);
    }

    @Override
    Layer decoder(Buffers buffers, ParameterStore store, String prefix, double width) {
      return mirrored(buffers, store, prefix, width, new int[] {64, 64, 0, 32, 3});
    }
  };

  /**
   * Factor on SqueezeNet's features, so that their size suits the decoder. It is applied to its
   * input and, on import, to its biases, which is the same: everything between is positively
   * homogeneous.
   */
  public static final double SQUEEZENET_SCALE = 0.01;

  /** The parameter that takes the encoder's features in. */
  public static final String FIRST_OF_DECODER = "decoder.1.weight";

  abstract StyleEncoder encoder(Buffers buffers, ParameterStore store, String prefix, double width);

  abstract Layer decoder(Buffers buffers, ParameterStore store, String prefix, double width);

  /** Pixels of the image per feature, along each side. */
  public int stride() {
    return switch (this) {
      case VGG19 -> 8;
      case SQUEEZENET -> 4;
      case TRAINED -> 2;
    };
  }

  private static int scaled(int channels, double width) {
    return channels == 3 ? 3 : Math.max(1, (int) Math.round(channels * width));
  }

  private static Layer reflecting(
      ParameterStore store, Buffers buffers, String name, int in, int out) {
    return Convolution.same(
        store, buffers, name, in, out, 3, 1, 1, Padding.REFLECT, Convolution.Options.BIAS_RELU);
  }

  /**
   * Reflection padding, 3x3 convolution and ReLU per entry of the plan, nearest up-sampling for 0,
   * no ReLU at the end.
   */
  private static Layer mirrored(
      Buffers buffers, ParameterStore store, String prefix, double width, int[] plan) {
    List<Layer> layers = new ArrayList<>();
    int channels = scaled(plan[0], width);
    int index = 0;
    boolean enlarge = false;
    for (int i = 1; i < plan.length; i++) {
      if (plan[i] == 0) {
        enlarge = true;
        index++;
        continue;
      }
      int out = scaled(plan[i], width);
      boolean last = i == plan.length - 1;
      // As the official decoder begins. From He's values it gives images of tens where 0..1 is due,
      // and hundreds of iterations go into making them small.
      Convolution.Options options =
          (last ? Convolution.Options.BIAS : Convolution.Options.BIAS_RELU)
              .from(Parameter.Initial.UNIFORM);
      String name = prefix + (index + 1);
      layers.add(
          enlarge
              ? Convolution.upsampled(store, buffers, name, channels, out, options)
              : Convolution.same(
                  store, buffers, name, channels, out, 3, 1, 1, Padding.REFLECT, options));
      index += 3;
      channels = out;
      enlarge = false;
    }
    return new Sequential(buffers, layers);
  }
}
