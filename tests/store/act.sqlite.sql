SELECT device.id, device.name, device.store_id, device.enrolled_at, device.revoked_at, device.last_seen_at, device.last_seq, device.clock_offset_ms FROM device WHERE device.id = :id
SELECT act.id, act.content, act.kind, act.device_id, act.device_seq, act.operator_id, act.received_at, act.answer FROM act WHERE act.id = :id
SELECT turn.id, turn.device_id, turn.person_id, turn.started_at, turn.seen_at, turn.expires_at, turn.ended_at FROM turn WHERE turn.id = :id
SELECT person.id, person.name, person.rank, person.number, person.team_id, person.active, person_grant.role, person_grant.kind, person_grant.scope FROM person LEFT OUTER JOIN person_grant ON person_grant.person_id = person.id AND person_grant.ended_at IS NULL WHERE person.id = :id ORDER BY person_grant.id
SELECT policy.version, policy.effective_from, policy.rules, policy.made_by, policy.made_note FROM policy WHERE policy.effective_from <= :at ORDER BY policy.effective_from DESC, policy.version DESC LIMIT :param_1 OFFSET :param_2
SELECT label.code, label.kind, label.subject, label.state, label.issued_at, label.revoked_at, label.revoked_reason, label.job_id, label.activated_at, label.activated_by FROM label WHERE label.code = :code
SELECT place.id, place.name, place.kind, place.store_id, place.parent_id, place.suits, place.closed_at FROM place WHERE place.id = :id
SELECT label.code, label.kind, label.subject, label.state, label.issued_at, label.revoked_at, label.revoked_reason, label.job_id, label.activated_at, label.activated_by FROM label WHERE label.code IN (SELECT anon_1.value FROM json_each(:codes) AS anon_1)
SELECT item.register_no, item.state, item.seq, item.head, item.custody_kind, item.custody_id, item.place_id, item.store_id, item.joint_id, item.offered_to, item.offered_by, item.box_id, item.seal, item.forensic, item.due_at, item.due_kind, item.watch_at, item.watch_kind, item.watch_more, item.notice_at, item.advised_at, item.away_at, item.last_event_at, item.discrepancies FROM item WHERE item.register_no IN (SELECT anon_1.value FROM json_each(:numbers) AS anon_1) ORDER BY item.register_no
SELECT entry.event_id, entry.register_no FROM entry WHERE entry.event_id IN (SELECT anon_1.value FROM json_each(:events) AS anon_1)
SELECT setting.name, setting.value FROM setting WHERE setting.name IN ('ledger origin', 'ledger alarm')
UPDATE item SET seq=:new_seq, head=:new_head, place_id=:new_place_id, watch_at=:new_watch_at, last_event_at=:new_last_event_at, state=:new_state WHERE item.register_no = :this_item
INSERT INTO entry (register_no, seq, type, event_id, act_id, at, leaf_hash, body) VALUES (:register_no, :seq, :type, :event_id, :act_id, :at, :leaf_hash, :body)
INSERT INTO disclosure (entry_id, encoded) SELECT entry.id, :lines AS anon_1 FROM entry WHERE entry.register_no = :of_item AND entry.seq = :at_seq
INSERT INTO pending (entry_id) SELECT entry.id FROM entry WHERE entry.register_no = :of_item AND entry.seq = :at_seq
INSERT INTO act (id, content, kind, device_id, device_seq, operator_id, received_at, answer) VALUES (:id, :content, :kind, :device_id, :device_seq, :operator_id, :received_at, :answer)
INSERT INTO scan_log (scan, act, at, device_id, person_id, kind, read_text, verdict, code, sentence, register_no) VALUES (:scan, :act, :at, :device_id, :person_id, :kind, :read_text, :verdict, :code, :sentence, :register_no)
UPDATE device SET last_seen_at=:at, last_seq=CASE WHEN (device.last_seq < :seq) THEN :seq ELSE device.last_seq END, clock_offset_ms=:offset_ms WHERE device.id = :this_device
