import { FIRST_PREV } from '#schema/protocol/frame.ts'

/**
 * What `AppendRun` does in SQLite, inside PostgreSQL: a whole batch in one round trip and one commit. Frames of one log stand together, in
 * the order they came; logs are locked in the order of their ids, so that two relays never wait for each other in a circle. Tells the other
 * relays, with the commit, which logs grew: `relay log before cursor log before cursor …`.
 */
export const APPEND_FUNCTION = `
CREATE OR REPLACE FUNCTION append_frames(
  p_logs text[], p_writers text[], p_seqs bigint[], p_prevs text[], p_hashes text[], p_kinds integer[], p_rights integer[],
  p_offsets integer[], p_lengths integer[], p_bytes bytea, p_holders text[], p_nows bigint[],
  p_feeds_per_log bigint, p_account_bytes bigint, p_free_bytes bigint, p_relay text
) RETURNS TABLE (
  r_code text, r_cursor bigint, r_is_new boolean, r_next_seq bigint, r_head text, r_log bigint, r_capability text, r_is_awaited boolean
) LANGUAGE plpgsql AS $$
DECLARE
  v_count integer := coalesce(array_length(p_logs, 1), 0);
  v_id text;
  v_missing text;
  v_no bigint;
  v_account text;
  v_account_used bigint;
  v_before bigint;
  v_cursor bigint;
  v_new_bytes bigint := 0;
  v_all_bytes bigint := 0;
  v_is_closed boolean;
  v_feeds bigint;
  v_is_awaited boolean;
  v_writer text;
  v_feed bigint;
  v_next bigint;
  v_head text;
  v_capability bigint;
  v_capability_id text;
  v_room bigint;
  v_frame bytea;
  v_stored record;
  v_told text := p_relay;
BEGIN
  PERFORM 1 FROM logs WHERE id = ANY (p_logs) ORDER BY id FOR UPDATE;
  PERFORM 1 FROM accounts WHERE name IN (SELECT account FROM logs WHERE id = ANY (p_logs)) ORDER BY name FOR UPDATE;
  FOR i IN 1 .. v_count + 1 LOOP
    IF v_id IS DISTINCT FROM p_logs[i] THEN
      IF v_new_bytes > 0 THEN
        UPDATE logs SET cursor = v_cursor, bytes = bytes + v_new_bytes WHERE no = v_no;
        INSERT INTO accounts (name, bytes) VALUES (v_account, v_new_bytes)
          ON CONFLICT (name) DO UPDATE SET bytes = accounts.bytes + excluded.bytes;
        v_told := v_told || ' ' || v_id || ' ' || v_before || ' ' || v_cursor;
        IF length(v_told) > 7000 THEN
          PERFORM pg_notify('wellkeep', v_told);
          v_told := p_relay;
        END IF;
      END IF;
      EXIT WHEN i > v_count;
      v_id := p_logs[i];
      v_new_bytes := 0;
      v_writer := NULL;
      SELECT no, account, cursor, is_closed = 1 INTO v_no, v_account, v_cursor, v_is_closed FROM logs WHERE id = v_id;
      IF v_no IS NULL THEN
        v_missing := CASE WHEN EXISTS (SELECT 1 FROM deleted_logs WHERE id = v_id) THEN 'gone' ELSE 'unknown-log' END;
      ELSE
        v_before := v_cursor;
        v_account_used := coalesce((SELECT bytes FROM accounts WHERE name = v_account), 0);
        v_feeds := (SELECT count(*) FROM feeds WHERE log = v_no);
        v_is_awaited := EXISTS (SELECT 1 FROM push_topics WHERE topic = v_id);
      END IF;
    END IF;
    r_code := NULL;
    r_cursor := NULL;
    r_is_new := false;
    r_next_seq := NULL;
    r_head := NULL;
    r_log := v_no;
    r_capability := NULL;
    r_is_awaited := v_is_awaited;
    IF v_no IS NULL THEN
      r_code := v_missing;
      RETURN NEXT;
      CONTINUE;
    END IF;
    SELECT no, id, quota - used INTO v_capability, v_capability_id, v_room FROM capabilities
      WHERE log = v_no AND holder = ANY (string_to_array(p_holders[i], ' ')) AND is_ended = 0
        AND (rights & p_rights[i]) <> 0 AND not_before <= p_nows[i] AND p_nows[i] < not_after
      ORDER BY (quota - used >= p_lengths[i]) DESC, no LIMIT 1;
    IF v_capability IS NULL THEN
      r_code := CASE WHEN EXISTS (
        SELECT 1 FROM capabilities
          WHERE log = v_no AND holder = ANY (string_to_array(p_holders[i], ' ')) AND is_ended = 0
            AND (rights & p_rights[i]) <> 0 AND not_after <= p_nows[i]
      ) THEN 'expired' ELSE 'not-allowed' END;
      RETURN NEXT;
      CONTINUE;
    END IF;
    IF v_writer IS DISTINCT FROM p_writers[i] THEN
      v_writer := p_writers[i];
      SELECT no, next_seq, head INTO v_feed, v_next, v_head FROM feeds WHERE log = v_no AND writer = v_writer;
      IF v_feed IS NULL THEN
        v_next := 0;
        v_head := '${FIRST_PREV}';
      END IF;
    END IF;
    v_frame := substring(p_bytes FROM p_offsets[i] + 1 FOR p_lengths[i]);
    IF v_feed IS NOT NULL AND p_seqs[i] < v_next THEN
      SELECT cursor, bytes INTO v_stored FROM frames WHERE log = v_no AND feed = v_feed AND seq = p_seqs[i];
      IF NOT FOUND THEN
        r_code := 'stale';
      ELSIF v_stored.bytes = v_frame THEN
        r_cursor := v_stored.cursor;
      ELSE
        r_code := 'fork';
      END IF;
    ELSIF p_seqs[i] > v_next THEN
      r_code := 'gap';
    ELSIF p_prevs[i] <> v_head THEN
      r_code := 'fork';
    ELSIF v_is_closed THEN
      r_code := 'closed';
    ELSIF v_feed IS NULL AND v_feeds >= p_feeds_per_log THEN
      r_code := 'quota';
    ELSIF v_room < p_lengths[i] OR v_account_used + p_lengths[i] > p_account_bytes OR v_all_bytes + p_lengths[i] > p_free_bytes THEN
      r_code := 'quota';
    ELSE
      IF v_feed IS NULL THEN
        INSERT INTO feeds (log, writer, next_seq, head, bytes) VALUES (v_no, v_writer, p_seqs[i] + 1, p_hashes[i], p_lengths[i])
          RETURNING no INTO v_feed;
        v_feeds := v_feeds + 1;
      ELSE
        UPDATE feeds SET next_seq = p_seqs[i] + 1, head = p_hashes[i], bytes = bytes + p_lengths[i] WHERE no = v_feed;
      END IF;
      v_cursor := v_cursor + 1;
      INSERT INTO frames (log, cursor, feed, seq, kind, bytes) VALUES (v_no, v_cursor, v_feed, p_seqs[i], p_kinds[i], v_frame);
      UPDATE capabilities SET used = used + p_lengths[i] WHERE no = v_capability;
      v_next := p_seqs[i] + 1;
      v_head := p_hashes[i];
      v_new_bytes := v_new_bytes + p_lengths[i];
      v_account_used := v_account_used + p_lengths[i];
      v_all_bytes := v_all_bytes + p_lengths[i];
      r_cursor := v_cursor;
      r_is_new := true;
      r_capability := v_capability_id;
    END IF;
    IF r_code IN ('stale', 'fork', 'gap') THEN
      r_next_seq := v_next;
      r_head := v_head;
    END IF;
    RETURN NEXT;
  END LOOP;
  IF v_told <> p_relay THEN
    PERFORM pg_notify('wellkeep', v_told);
  END IF;
END $$;
`
