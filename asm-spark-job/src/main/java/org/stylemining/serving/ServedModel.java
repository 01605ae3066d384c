package org.stylemining.serving;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.UUID;
import org.stylemining.config.AsmConfig;
import org.stylemining.weights.NamedTensor;

/**
 * A trained network as it is broadcast to the tasks that label with it.
 *
 * @param id of this serving; networks are kept on the executors under it
 * @param config tells the network, its input's size and the threads of a task
 * @param tensors its parameters
 */
@DefaultSerializer(JavaSerializer.class) // a Spark session may use Kryo, which knows no records
public record ServedModel(String id, AsmConfig config, ArrayList<NamedTensor> tensors)
    implements Serializable {

  /** A network to be served from now on. */
  public static ServedModel of(AsmConfig config, Collection<NamedTensor> tensors) {
    return new ServedModel(UUID.randomUUID().toString(), config, new ArrayList<>(tensors));
  }
}
