/**
 * The live page of a run over HTTP. What the page shows is the business of {@code report}; here it
 * is given out, to whom it may be, and whether a run's job lives is told from its lease.
 */
package org.stylemining.watch;
