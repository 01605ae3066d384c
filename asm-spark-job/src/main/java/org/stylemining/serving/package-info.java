/**
 * Labels for images, computed on Spark. {@link org.stylemining.serving.LabelStream} labels the
 * images of a task, wherever they come from. Two things run over it: {@link
 * org.stylemining.serving.FolderSegmentation}, which labels folders of files so that a run can be
 * killed and started again, and {@link org.stylemining.serving.SegmentationModel}, a stage of Spark
 * ML for rows with images.
 */
package org.stylemining.serving;
