package org.stylemining.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;

/** One line of a run's {@code metrics.jsonl}; the key {@code kind} tells which. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = StepRecord.class, name = "step"),
  @JsonSubTypes.Type(value = RoundRecord.class, name = "round"),
  @JsonSubTypes.Type(value = CheckpointRecord.class, name = "checkpoint"),
  @JsonSubTypes.Type(value = DamagedRecord.class, name = "damaged"),
  @JsonSubTypes.Type(value = WorkerRecord.class, name = "worker"),
  @JsonSubTypes.Type(value = RollbackRecord.class, name = "rollback"),
  @JsonSubTypes.Type(value = CheckpointFailureRecord.class, name = "checkpoint-failure"),
  @JsonSubTypes.Type(value = MemoryRecord.class, name = "memory"),
  @JsonSubTypes.Type(value = DriftRecord.class, name = "drift")
})
@JsonIgnoreProperties(ignoreUnknown = true)
public sealed interface MetricsRecord extends Serializable
    permits StepRecord,
        RoundRecord,
        CheckpointRecord,
        DamagedRecord,
        WorkerRecord,
        RollbackRecord,
        CheckpointFailureRecord,
        MemoryRecord,
        DriftRecord {

  /** Sync round that the line tells of, counted from 1. */
  int round();
}
