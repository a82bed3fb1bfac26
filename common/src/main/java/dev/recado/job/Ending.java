package dev.recado.job;

/**
 * The end of a job that was not told by the worker that runs it: it was canceled, time overtook it,
 * or its workers were lost too often.
 *
 * @param job the job
 * @param before the state it was in
 * @param end the state it has for ever
 */
public record Ending(JobId job, JobState before, JobState end) {}
