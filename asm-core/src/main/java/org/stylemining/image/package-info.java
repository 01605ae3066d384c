/**
 * Pictures in memory and in files: RGB images and label maps, decoding and encoding of PNG and
 * JPEG, resizing as PIL does it. Nothing here knows of data sets, networks or file systems: files
 * are byte arrays.
 */
package org.stylemining.image;
