package org.stylemining.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OneDnnTraceTest {
  @Test
  void readsWhatOneDnnSays() {
    OneDnnTrace trace =
        OneDnnTrace.of(
            List.of(
                "12:00:01 WARN something else",
                "dnnl_verbose,info,oneDNN v2.3.0 (commit 593e0de6267d2575f3e4c9e9818f0f11253d093a)",
                "dnnl_verbose,info,cpu,runtime:OpenMP",
                "dnnl_verbose,info,cpu,isa:Intel AVX2",
                "dnnl_verbose,exec,cpu,reorder,jit:uni,undef,src_f32::blocked:abcd:f0,,,1x32,0.1",
                "dnnl_verbose,exec,cpu,convolution,jit:avx2,forward_inference,src_f32,,,mb1,0.2",
                "dnnl_verbose,exec,cpu,convolution,jit:avx2,forward_inference,src_f32,,,mb1,0.1"));

    assertThat(trace.library()).isEqualTo("oneDNN v2.3.0");
    assertThat(trace.instructions()).isEqualTo("Intel AVX2");
    assertThat(trace.implementations("convolution")).containsExactly("jit:avx2");
    assertThat(trace.implementations("matmul")).isEmpty();
  }

  @Test
  void silenceMeansThatNothingRan() {
    assertThat(OneDnnTrace.of(List.of("Exception in thread main")).ran()).isEmpty();
  }
}
