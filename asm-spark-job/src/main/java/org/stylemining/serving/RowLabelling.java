package org.stylemining.serving;

import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;
import org.stylemining.image.UnreadableImage;

/**
 * What a task of {@link SegmentationModel} does: appends an image's labels, or the reason why there
 * are none, and the other views to its row.
 *
 * @param network for the tasks
 * @param options how images are labelled
 * @param column position of the images' files in a row
 * @param name of that column
 */
record RowLabelling(Broadcast<ServedModel> network, LabelOptions options, int column, String name)
    implements MapPartitionsFunction<Row, Row> {

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    LabelStream<Row> stream = new LabelStream<>(rows, this::file, options, network::value);
    // Not every task reads its partition to the end, as with LIMIT.
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> stream.close());
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return stream.hasNext();
      }

      @Override
      public Row next() {
        return row(stream.next());
      }
    };
  }

  private byte[] file(Row row) throws UnreadableImage {
    if (row.isNullAt(column)) {
      throw new UnreadableImage("no image: %s is null".formatted(name));
    }
    return row.<byte[]>getAs(column);
  }

  private Row row(Labelled<Row> image) {
    Row row = image.of();
    int given = row.size();
    Object[] values = new Object[given + 1 + options.views().size()];
    Arrays.setAll(values, i -> i < given ? row.get(i) : null);
    values[given] = image.files().get(View.LABELS);
    values[given + 1] = image.reason();
    int next = given + 2;
    for (View view : options.views()) {
      if (view != View.LABELS) {
        values[next++] = image.files().get(view);
      }
    }
    return RowFactory.create(values);
  }
}
