/** The whole system in one JVM, wired from template.yaml: no Docker, no account. */
@NullMarked
package dev.pixal3d.jobs.local;

import org.jspecify.annotations.NullMarked;
