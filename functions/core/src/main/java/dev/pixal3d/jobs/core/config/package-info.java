@NullMarked
package dev.pixal3d.jobs.core.config;

import org.jspecify.annotations.NullMarked;
