/**
 * Labels for folders of images, computed on Spark: what is to be done, done by whom, and written so
 * that a run can be killed and started again. {@link org.stylemining.serving.ImageLabeller} is the
 * part that knows no files.
 */
package org.stylemining.serving;
