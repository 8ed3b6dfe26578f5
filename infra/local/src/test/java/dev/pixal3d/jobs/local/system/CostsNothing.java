package dev.pixal3d.jobs.local.system;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A test that makes no jobs, and so may run where jobs cost money. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface CostsNothing {}
