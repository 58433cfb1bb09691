-- Grain: one row at most: the random text that identifiers of persons are hashed with.
CREATE TABLE ops.privacy_salt (
    salt VARCHAR NOT NULL
);
