@NullMarked
package dev.pixal3d.jobs.core.net;

import org.jspecify.annotations.NullMarked;
