package org.stylemining.training;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.adapt.ParameterTensors;
import org.stylemining.adapt.TaskTraining;
import org.stylemining.adapt.Vectors;
import org.stylemining.config.AsmConfig;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.Parameter.Role;
import org.stylemining.nn.ParameterStore;
import org.stylemining.task.TaskModel;
import org.stylemining.weights.NamedTensor;
import org.stylemining.weights.ParameterShapes;

/** The task network of a configuration. */
final class TaskForm implements NetworkForm, AutoCloseable {
  private final Buffers buffers = new Buffers(DataType.FLOAT);
  private final TaskModel model;
  private final long seed;
  private final Optional<Map<String, NamedTensor>> given;
  private final String where;

  /**
   * @param given weights to start from; else they are drawn by the seed
   * @param where the given weights come from, for messages
   */
  TaskForm(AsmConfig config, Optional<Map<String, NamedTensor>> given, String where) {
    this.model = TaskTraining.model(config, buffers, false);
    this.seed = config.seed();
    this.given = given;
    this.where = where;
  }

  /** Number of values of theta. */
  long size() {
    return parameters().size();
  }

  @Override
  public INDArray initial() {
    parameters().initialise(seed);
    given.ifPresent(tensors -> ParameterTensors.fill(parameters(), tensors, where));
    return parameters().theta().dup();
  }

  @Override
  public long learned() {
    return parameters().end(Role.CLASSIFIER);
  }

  @Override
  public long statisticsFrom() {
    return parameters().end(Role.FROZEN);
  }

  @Override
  public List<NamedTensor> publish(INDArray theta) {
    Vectors.copy(theta, parameters().theta());
    return ParameterTensors.of(parameters());
  }

  @Override
  public INDArray accept(String where, Map<String, NamedTensor> tensors) {
    new ParameterShapes(ParameterTensors.shapes(parameters())).check(where, tensors);
    ParameterTensors.fill(parameters(), tensors, where);
    return parameters().theta().dup();
  }

  private ParameterStore parameters() {
    return model.parameters();
  }

  @Override
  public void close() {
    model.close();
    buffers.close();
  }
}
