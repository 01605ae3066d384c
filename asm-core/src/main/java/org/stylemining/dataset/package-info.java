/**
 * What a plug-in needs to bring in a data set of its own: implement {@link
 * org.stylemining.dataset.Dataset}, name the class in {@code
 * META-INF/services/org.stylemining.dataset.Dataset} of a jar, and give the jar to {@code bin/asm}
 * with {@code --jars}.
 *
 * <p>This package is kept stable, with {@code RgbImage}, {@code LabelMap}, {@code ImageFiles} and
 * {@code UnreadableImage} of {@link org.stylemining.image} and {@code UserMistake} of {@link
 * org.stylemining.config}. Within one major version of this program:
 *
 * <ul>
 *   <li>a jar that was compiled against a version runs on every later one, unchanged: no public
 *       type, method or constant is removed or renamed, no parameter, result or checked exception
 *       of one changes, no record loses, gains or reorders components, and a method that {@link
 *       org.stylemining.dataset.Dataset} gains has a default;
 *   <li>what a method's description says stays true; an exception's message may change;
 *   <li>{@link org.stylemining.dataset.SampleFiles} is implemented by this program alone and may
 *       gain methods.
 * </ul>
 *
 * <p>Everything else of this program may change with every version: a plug-in does well to use
 * nothing but these types, Java's and Hadoop's. The package itself depends on no more than that.
 */
package org.stylemining.dataset;
