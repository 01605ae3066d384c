/**
 * Sets of digits, whose files hold thousands of small images each and one class for every image:
 * MNIST, USPS, SVHN, in the formats they are published in. A sample is one image of a file, {@code
 * FILE#12}.
 */
package org.stylemining.data.digits;
