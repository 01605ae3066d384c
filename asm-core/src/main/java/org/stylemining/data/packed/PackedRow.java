package org.stylemining.data.packed;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;

/**
 * A sample in a shard.
 *
 * @param image its image
 * @param label its label file; null where the set was packed without labels
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PackedRow(PackedFile image, PackedFile label) implements Serializable {}
