/**
 * Pictures of results, as SVG. Chart libraries for Java measure text with AWT, which needs fonts
 * that a server seldom has; bars need no library.
 */
@NullMarked
package dev.pixal3d.jobs.bench.plot;

import org.jspecify.annotations.NullMarked;
