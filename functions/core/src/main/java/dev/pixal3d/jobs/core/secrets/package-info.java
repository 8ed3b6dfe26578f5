@NullMarked
package dev.pixal3d.jobs.core.secrets;

import org.jspecify.annotations.NullMarked;
