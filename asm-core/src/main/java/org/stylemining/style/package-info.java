/**
 * RAIN, the style generator: encoder, AdaIN, decoder and the variational auto-encoder over style
 * vectors. It maps images and codes to images; how codes are chosen is not decided here.
 */
package org.stylemining.style;
