-- With a thing that goes for good, alone or with its owner's account, go the roles on it and the invitations to it.

DELETE FROM grants WHERE thing_id NOT IN (SELECT id FROM pins UNION ALL SELECT id FROM pinboards
    UNION ALL SELECT id FROM pages UNION ALL SELECT id FROM datasets);

-- sqlite
CREATE TRIGGER pins_gone AFTER DELETE ON pins BEGIN
    DELETE FROM grants WHERE thing_id = OLD.id;
    DELETE FROM invitations WHERE thing_id = OLD.id;
    DELETE FROM thinned WHERE thing_id = OLD.id;
END;
CREATE TRIGGER pinboards_gone AFTER DELETE ON pinboards BEGIN
    DELETE FROM grants WHERE thing_id = OLD.id;
    DELETE FROM invitations WHERE thing_id = OLD.id;
    DELETE FROM thinned WHERE thing_id = OLD.id;
END;
CREATE TRIGGER pages_gone AFTER DELETE ON pages BEGIN
    DELETE FROM grants WHERE thing_id = OLD.id;
    DELETE FROM invitations WHERE thing_id = OLD.id;
END;
CREATE TRIGGER datasets_gone AFTER DELETE ON datasets BEGIN
    DELETE FROM thinned WHERE thing_id = OLD.id;
END;
-- postgres
CREATE FUNCTION forget_thing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM grants WHERE thing_id = OLD.id;
    DELETE FROM invitations WHERE thing_id = OLD.id;
    DELETE FROM thinned WHERE thing_id = OLD.id;
    RETURN NULL;
END $$;
CREATE TRIGGER pins_gone AFTER DELETE ON pins FOR EACH ROW EXECUTE FUNCTION forget_thing();
CREATE TRIGGER pinboards_gone AFTER DELETE ON pinboards FOR EACH ROW EXECUTE FUNCTION forget_thing();
CREATE TRIGGER pages_gone AFTER DELETE ON pages FOR EACH ROW EXECUTE FUNCTION forget_thing();
CREATE TRIGGER datasets_gone AFTER DELETE ON datasets FOR EACH ROW EXECUTE FUNCTION forget_thing();
-- both
