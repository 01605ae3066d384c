/** A data set in Netpbm's formats, which the program itself does not read: an example to copy. */
package org.example.pnm;
