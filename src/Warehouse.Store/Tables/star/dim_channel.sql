-- Grain: one row per channel by which customers buy or are in touch; key -1 is the unknown channel.
CREATE TABLE star.dim_channel (
    channel_key INTEGER NOT NULL,
    channel     VARCHAR NOT NULL,
    generation  INTEGER NOT NULL
);
