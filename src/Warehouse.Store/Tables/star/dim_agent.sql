-- Grain: one row per person or system that answers customers; key -1 is the unknown agent.
CREATE TABLE star.dim_agent (
    agent_key  INTEGER NOT NULL,
    agent_id   VARCHAR NOT NULL,
    generation INTEGER NOT NULL
);
