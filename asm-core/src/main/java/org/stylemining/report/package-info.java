/**
 * What a run leaves for people: its folder's layout, the log of its metrics, and the page that
 * shows both. Reads files and knows nothing of how a run is computed.
 */
package org.stylemining.report;
