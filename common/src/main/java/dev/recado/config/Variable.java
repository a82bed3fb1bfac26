package dev.recado.config;

/** The environment variables Recado knows, each with its meaning and an example of a good value. */
public enum Variable {
  /** Where web listens. */
  RECADO_HOST("where web listens", "127.0.0.1"),
  /** The port web listens on; 0 takes any free one. */
  RECADO_PORT("the port web listens on", "8080"),
  /** Where a worker shows its metrics. */
  RECADO_METRICS_PORT("the port on which a worker shows its metrics", "9464"),
  /** The names of a proxy in front of web, where web listens on loopback. */
  RECADO_HOST_NAMES("names under which a proxy on this machine reaches web", "recado.example.org"),
  /** Whether others may come in, where web can be reached from other machines. */
  RECADO_ACCESS("whether whoever reaches web may leave and read jobs", "open"),
  /** What operators show to see everything and to steer it. */
  RECADO_ADMIN_TOKEN("what operators log in with", "$(openssl rand -hex 24)"),
  /** The job store. */
  RECADO_DATABASE_URL("the job store", "jdbc:sqlite:data/recado.db"),
  /** The broker as one URL. */
  RABBITMQ_URL("the broker", "amqp://recado:secret@localhost:5672"),
  /** The broker's host, with {@code :port} if it is not the usual one. */
  RABBITMQ_HOST("the broker's host", "localhost"),
  /** Who web and worker are to the broker. */
  RABBITMQ_USER("the user at the broker", "recado"),
  /** The password that goes with the user. */
  RABBITMQ_PASSWORD("the password at the broker", "a long random text"),
  /** The token for the model server. */
  HUGGINGFACE_API_KEY("the token for the model server", "hf_…"),
  /** Another name of the token, as HuggingFace's own tools call it. */
  HF_TOKEN("the token for the model server", "hf_…"),
  /** The base URL of the model server, or {@code echo}. */
  MODEL_URL("the model server", "https://router.huggingface.co/v1"),
  /** The model of jobs that name none. */
  MODEL_NAME("the default model", "meta-llama/Llama-3.1-8B-Instruct"),
  /** How many model calls one worker has in flight. */
  RECADO_WORKER_CONCURRENCY("model calls in flight in one worker", "64"),
  /** From accepted to finished. */
  RECADO_JOB_DEADLINE("how long a job may take, from accepted to finished", "10m"),
  /** The longest that a model server may send nothing in the middle of a call. */
  RECADO_MODEL_SILENCE("how long a model server may send nothing before it is given up", "2m"),
  /** A worker silent for this long has lost its jobs. */
  RECADO_LEASE("a worker silent for this long has lost its jobs", "10s"),
  /** How long finished jobs are kept. */
  RECADO_RETENTION("how long finished jobs are kept", "7d"),
  /** So many jobs may be in the queue. */
  RECADO_MAX_QUEUED("how many jobs may be in the queue", "10000000"),
  /** So much must stay free on the store's disk. */
  RECADO_MIN_FREE_DISK("what must stay free on the store's disk for jobs to be accepted", "256MB"),
  /** What webhooks are signed with; several secrets while one replaces another. */
  RECADO_WEBHOOK_SECRET("the secret that signs webhooks", "whsec_$(openssl rand -base64 32)"),
  /** Whether webhooks may go to addresses inside the operator's network. */
  RECADO_WEBHOOK_ALLOW_PRIVATE("whether webhooks may go to private addresses", "false"),
  /** Where {@code submit}, {@code status} and their like find the server. */
  RECADO_URL("where submit and status find the server", "http://127.0.0.1:8080"),
  /** How much the log tells. Read by the log's own configuration. */
  RECADO_LOG_LEVEL("how much the log tells", "INFO"),
  /** What a line of the log looks like. Read by the log's own configuration. */
  RECADO_LOG_FORMAT("what a line of the log looks like: text or json", "text"),
  /** Where the start script finds Java. Read by the script alone. */
  RECADO_JAVA_HOME("the Java that ./recado uses", "/usr/lib/jvm/temurin-25-jdk"),
  /** Further options for the JVM. Read by the start script alone. */
  RECADO_JAVA_OPTS("further options for the JVM", "-Xmx512m");

  private final String meaning;
  private final String example;

  Variable(String meaning, String example) {
    this.meaning = meaning;
    this.example = example;
  }

  /** What it is for, in a few words. */
  public String meaning() {
    return meaning;
  }

  /** A value that would be accepted; where there is a default, the default. */
  public String example() {
    return example;
  }

  /** Whether its value must never be shown. */
  public boolean isSecret() {
    return switch (this) {
      case RABBITMQ_PASSWORD,
          HUGGINGFACE_API_KEY,
          HF_TOKEN,
          RECADO_ADMIN_TOKEN,
          RECADO_WEBHOOK_SECRET ->
          true;
      default -> false;
    };
  }
}
