-- Identifiers of who asked to be forgotten are known again by a salted hash.
CREATE MACRO ops.identifier_hash(source, identifier) AS
    sha256((SELECT any_value(salt) FROM ops.privacy_salt) || chr(31) || source || chr(31) || identifier);
