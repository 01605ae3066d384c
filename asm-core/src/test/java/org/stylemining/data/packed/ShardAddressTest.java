package org.stylemining.data.packed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stylemining.dataset.Sample;

class ShardAddressTest {

  @Test
  void aUriNamesShardPositionAndPath() {
    ShardAddress address =
        new ShardAddress(
            PackFormat.SEQUENCE,
            "hdfs://nn/packed/part-00003.seq",
            123456,
            Column.IMAGE,
            Optional.of(0x9ae0daaf),
            "images/a b/00017.png");

    assertThat(address.toString())
        .isEqualTo("sequence:hdfs://nn/packed/part-00003.seq#123456-9ae0daaf/images/a b/00017.png");
    assertThat(ShardAddress.of(address.toString())).contains(address);
    assertThat(new Sample("gta5", address.toString(), Optional.empty(), 0).name())
        .isEqualTo("00017.png");
  }

  @Test
  void namesMayHoldEveryCharacterThatSeparatesItsParts() {
    for (String shard :
        new String[] {"file:/a#1/b", "file:/100%/c", "file:/%23#2/x", "file:/a:b"}) {
      for (String path : new String[] {"a#1/b.png", "100%23.png", "x-00000000/y.png"}) {
        for (PackFormat format : PackFormat.values()) {
          ShardAddress address =
              new ShardAddress(
                  format,
                  shard,
                  7,
                  format == PackFormat.PARQUET ? Column.LABEL : Column.IMAGE,
                  Optional.empty(),
                  path);

          assertThat(ShardAddress.of(address.toString())).contains(address);
        }
      }
    }
  }

  @Test
  void aFileOfItsOwnIsInNoShard() {
    for (String uri :
        new String[] {
          "hdfs://nn/gta5/images/00017.png",
          "file:/take#12/images/00017.png",
          "/sequence/part-0.seq#12/a.png",
          "s3a://parquet/part-0.parquet#12.image/a.png"
        }) {
      assertThat(ShardAddress.of(uri)).as(uri).isEmpty();
      assertThat(ShardFiles.isInShard(uri)).as(uri).isFalse();
    }
  }
}
