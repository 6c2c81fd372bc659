-- Tables for a program in PostgreSQL with PostGIS, as docs/postgis.md describes them.
--
--   psql -d partners -v schema=coverage_map -f deploy/postgis/schema.sql
--
-- Views of the same names do as well. What the server can hold is held here, too; everything else is for `coverage-map check`.

\if :{?schema}
\else
\set schema coverage_map
\endif

CREATE EXTENSION IF NOT EXISTS postgis;
CREATE SCHEMA :"schema";
SET search_path = :"schema", public;

CREATE TABLE partners (
    id text PRIMARY KEY,
    name text NOT NULL,
    website text,
    contact_name text,
    contact_email text,
    based_in text,
    courses text[],
    starts_on date,
    ends_on date,
    notes text
);

CREATE TABLE assignments (
    partner text NOT NULL REFERENCES partners (id) ON UPDATE CASCADE,
    region text NOT NULL,
    courses text[],
    role text CHECK (role IN ('lead', 'funding')),
    status text CHECK (status IN ('active', 'pending')),
    starts_on date,
    ends_on date,
    review_by date,
    notes text,
    CHECK (starts_on <= ends_on)
);

-- Drawn regions have a geometry, all others members.
CREATE TABLE regions (
    id text PRIMARY KEY,
    name text NOT NULL,
    geom geometry(Geometry, 4326),
    members text[],
    CHECK ((geom IS NULL) <> (members IS NULL))
);

CREATE TABLE accepted (
    region text NOT NULL,
    other text NOT NULL,
    reason text NOT NULL,
    PRIMARY KEY (region, other)
);

-- program.toml, pages/faq.md, …
CREATE TABLE files (
    name text PRIMARY KEY,
    content text NOT NULL
);

-- Tells who listens that something has changed, once a transaction, when it is committed.
CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify(TG_TABLE_SCHEMA, '');
    RETURN NULL;
END
$$;

CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON partners FOR EACH STATEMENT EXECUTE FUNCTION tell();
CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON assignments FOR EACH STATEMENT EXECUTE FUNCTION tell();
CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON regions FOR EACH STATEMENT EXECUTE FUNCTION tell();
CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON accepted FOR EACH STATEMENT EXECUTE FUNCTION tell();
CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON files FOR EACH STATEMENT EXECUTE FUNCTION tell();
