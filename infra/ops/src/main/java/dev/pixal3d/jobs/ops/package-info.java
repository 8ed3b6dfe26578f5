/** The operator's tool: what someone does to a running system by hand. */
@NullMarked
package dev.pixal3d.jobs.ops;

import org.jspecify.annotations.NullMarked;
