/** What is deployed, held against the code. */
@NullMarked
package dev.pixal3d.jobs.deployment;

import org.jspecify.annotations.NullMarked;
