/** Clients' webhook endpoints: which of them only fail, and are spared for a while. */
@NullMarked
package dev.pixal3d.jobs.core.endpoint;

import org.jspecify.annotations.NullMarked;
