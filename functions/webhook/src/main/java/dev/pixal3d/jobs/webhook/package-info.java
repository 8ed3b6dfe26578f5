@NullMarked
package dev.pixal3d.jobs.webhook;

import org.jspecify.annotations.NullMarked;
