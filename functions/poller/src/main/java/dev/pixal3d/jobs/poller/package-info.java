@NullMarked
package dev.pixal3d.jobs.poller;

import org.jspecify.annotations.NullMarked;
