/**
 * Demo data: small street scenes drawn by program, in the layouts of GTA5, SYNTHIA and Cityscapes,
 * so that everything can be tried without downloading a data set. The scenes come from one
 * distribution and differ in their look; none of it pretends to be a photograph.
 */
package org.stylemining.data.demo;
