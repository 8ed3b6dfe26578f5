@NullMarked
package dev.pixal3d.jobs.core.webhook;

import org.jspecify.annotations.NullMarked;
