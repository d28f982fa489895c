-- What the authority tells participants, in the cabinet and by mail (ACC-80 to ACC-82): texts as dated data, notices written in the
-- transaction of the change they tell of, and the outbox that carries them to each address.
create schema notices;
grant usage on schema notices to "${application_role}";

create domain notices.language as text
    constraint language_check check (value in ('RU', 'KY', 'EN'));

-- Texts with named facts in double braces, as dated data: one holds from its day until the next one's. A change is a new row; none is
-- ever edited or deleted, since notices were written from it. The procedure '*' stands for every one that has no text of its own.
create table notices.template (
    kind            text             not null,
    procedure_code  text             not null,
    language        notices.language not null,
    valid_from      date             not null,
    subject         text             not null,
    body            text             not null,
    constraint template_pk primary key (kind, procedure_code, language, valid_from),
    constraint template_kind_check check (kind ~ '^[A-Z][0-9]{2}$'),
    constraint template_procedure_check check (length(procedure_code) between 1 and 32),
    constraint template_subject_check check (length(subject) between 1 and 300 and subject !~ '[[:cntrl:]]'),
    constraint template_body_check check (length(body) between 1 and 10000)
);

-- How a letter about something is headed under a procedure (ACC-24): of the participant's letter, and of the notice that answers it.
-- Dated and never edited, as texts are. The purpose '*' stands for every one without a row of its own. One language: that of the procedure.
create table notices.subject (
    procedure_code  text  not null,
    purpose         text  not null,
    valid_from      date  not null,
    subject         text  not null,
    constraint subject_pk primary key (procedure_code, purpose, valid_from),
    constraint subject_procedure_check check (length(procedure_code) between 1 and 32),
    constraint subject_purpose_check check (purpose in ('CONNECT_TEST', 'CONNECT_PRODUCTION', 'JOINT_TEST', 'RESTORE', 'DISCONNECT', 'CHANGE', '*')),
    constraint subject_subject_check check (length(subject) between 1 and 300 and subject !~ '[[:cntrl:]]')
);

-- Written with the change that it tells of, in one transaction: neither is ever there without the other. Never changed afterwards, but for
-- the moment of its first reading in the cabinet. The dedup key is the writer's: whoever writes the same again changes nothing.
-- Participant and record have no foreign key: this capability lies below those they belong to. Who writes a notice holds the record in
-- the same transaction, and neither is ever deleted. Without a contour it concerns both.
create table notices.notice (
    id              uuid             not null,
    dedup_key       text             not null,
    kind            text             not null,
    procedure_code  text             not null,
    language        notices.language not null,
    contour         kernel.contour,
    participant_id  uuid,
    about_kind      text             not null,
    about_id        uuid             not null,
    subject         text             not null,
    body            text             not null,
    written_at      timestamptz      not null,
    due_at          timestamptz,
    read_at         timestamptz,
    constraint notice_pk primary key (id),
    constraint notice_dedup_unique unique (dedup_key),
    constraint notice_dedup_check check (length(dedup_key) between 1 and 200),
    constraint notice_kind_check check (kind ~ '^[A-Z][0-9]{2}$'),
    constraint notice_procedure_check check (length(procedure_code) between 1 and 32),
    constraint notice_about_check check (length(about_kind) between 1 and 40),
    constraint notice_subject_check check (length(subject) between 1 and 1000 and subject !~ '[[:cntrl:]]'),
    constraint notice_body_check check (length(body) between 1 and 100000),
    constraint notice_read_check check (read_at >= written_at)
);
create index notice_participant_index on notices.notice (participant_id, written_at desc, id desc);
create index notice_about_index on notices.notice (about_kind, about_id);

-- The way of a notice to one address: addresses do not wait for one another. Created with the notice, or by an officer who sends it again;
-- PENDING until the mail server took it (SENT) or refused it for good (REJECTED); never deleted. The lease belongs to the node that is at it:
-- outcomes count only with it, and when its time is over another node may take the delivery. Superseded: another delivery took its place.
create table notices.delivery (
    id               uuid        not null,
    notice_id        uuid        not null,
    address          text        not null,
    state            text        not null,
    created_at       timestamptz not null,
    attempts         integer     not null default 0,
    next_attempt_at  timestamptz not null,
    lease            uuid,
    leased_until     timestamptz,
    last_problem     text,
    sent_at          timestamptz,
    superseded_by    uuid,
    constraint delivery_pk primary key (id),
    constraint delivery_notice_unique unique (id, notice_id),
    constraint delivery_notice_fk foreign key (notice_id) references notices.notice (id),
    constraint delivery_superseded_fk foreign key (superseded_by, notice_id) references notices.delivery (id, notice_id),
    constraint delivery_address_check check (length(address) between 1 and 254 and address !~ '[[:cntrl:]]'),
    constraint delivery_state_check check (state in ('PENDING', 'SENT', 'REJECTED')),
    constraint delivery_attempts_check check (attempts >= 0),
    constraint delivery_lease_check check ((lease is null) = (leased_until is null) and (lease is null or state = 'PENDING')),
    constraint delivery_sent_check check ((state = 'SENT') = (sent_at is not null)),
    -- A word and the server's reply codes. Its sentence is left out: it usually repeats the address.
    constraint delivery_problem_check check (last_problem ~ '^[A-Z_]{1,40}( [2-5][0-9]{2}( [245]\.[0-9]{1,3}\.[0-9]{1,3})?)?$'),
    constraint delivery_rejected_check check (state <> 'REJECTED' or last_problem is not null),
    constraint delivery_superseded_check check (superseded_by <> id and (superseded_by is null or state <> 'PENDING'))
);
-- One mailbox gets a notice once, however its name is written.
create unique index delivery_pending_unique on notices.delivery (notice_id, lower(address)) where state = 'PENDING';
create index delivery_notice_index on notices.delivery (notice_id);
create index delivery_due_index on notices.delivery (next_attempt_at) where state = 'PENDING';
-- For the officer's list: what has not arrived.
create index delivery_unsent_index on notices.delivery (created_at) where state <> 'SENT' and superseded_by is null;

-- What a mail server said to each attempt. Never changed, never deleted.
create table notices.attempt (
    delivery_id  uuid        not null,
    number       integer     not null,
    at           timestamptz not null,
    outcome      text        not null,
    problem      text,
    constraint attempt_pk primary key (delivery_id, number),
    constraint attempt_delivery_fk foreign key (delivery_id) references notices.delivery (id),
    constraint attempt_number_check check (number > 0),
    constraint attempt_outcome_check check (outcome in ('SENT', 'DEFERRED', 'REJECTED')),
    constraint attempt_problem_check check ((outcome = 'SENT') = (problem is null) and length(problem) <= 60)
);

-- Whether the mail server can be reached: what fails there is nobody's delivery, and is no attempt of any. One row, changed by every node.
create table notices.mail_state (
    single         boolean     not null default true,
    failing_since  timestamptz,
    last_problem   text,
    last_sent_at   timestamptz,
    constraint mail_state_pk primary key (single),
    constraint mail_state_single_check check (single),
    constraint mail_state_failing_check check ((failing_since is null) = (last_problem is null) and length(last_problem) <= 60)
);
insert into notices.mail_state default values;

grant select, insert on notices.template, notices.notice, notices.delivery, notices.attempt to "${application_role}";
grant select on notices.subject, notices.mail_state to "${application_role}";
grant update (read_at) on notices.notice to "${application_role}";
grant update (state, attempts, next_attempt_at, lease, leased_until, last_problem, sent_at, superseded_by) on notices.delivery to "${application_role}";
grant update (failing_since, last_problem, last_sent_at) on notices.mail_state to "${application_role}";

-- ACC-24, as the procedures have them; KG-147 names none: [decided][data].
insert into notices.subject (procedure_code, purpose, valid_from, subject) values
    ('KG-147', '*', '2024-09-07', '[ГНС {{participant}}]{{#requestKind}} [{{requestKind}}]{{/requestKind}}'),
    ('RU-422/696', 'CONNECT_TEST',       '2020-05-16', '[Платформа ФНС России_{{participant}}] [Подключение к КИТ]'),
    ('RU-422/696', 'JOINT_TEST',         '2020-05-16', '[Платформа ФНС России_{{participant}}] [Тестирование]'),
    ('RU-422/696', 'CONNECT_PRODUCTION', '2020-05-16', '[Платформа ФНС России_{{participant}}] [Подключение к КПЭ]'),
    ('RU-422/696', 'DISCONNECT',         '2020-05-16', '[Платформа ФНС России_{{participant}}] [Отключение от КИТ/КПЭ]'),
    ('RU-1221', 'CONNECT_TEST',       '2022-07-08', '[Сервис ФНС России {{participant}}_{{participantInn}}_{{participantOgrn}}] [Подключение к Сервису]'),
    ('RU-1221', 'CONNECT_PRODUCTION', '2022-07-08', '[Сервис ФНС России {{participant}}_{{participantInn}}_{{participantOgrn}}] [Подключение к Сервису]'),
    ('RU-1221', 'RESTORE',            '2022-07-08', '[Сервис ФНС России {{participant}}_{{participantInn}}_{{participantOgrn}}] [Восстановление подключения к Сервису]'),
    ('RU-1221', 'DISCONNECT',         '2022-07-08', '[Сервис ФНС России {{participant}}_{{participantInn}}_{{participantOgrn}}] [Отключение от Сервиса]');

-- The first texts [data]: a frame for each language, and in it what each kind says. Stored joined, so that a later text may differ in all.
-- The Kyrgyz ones were written by the authors of the code and wait for a native reader.
with frame (language, closing) as (values
('RU', $$

Номер: {{number}}
Дата и время: {{date}}
Порядок: {{procedure}}, версия {{procedureVersion}}
{{#contour}}
Контур: {{contour}}
{{/contour}}
{{#services}}
Сервисы: {{services}}
{{/services}}
{{#causes}}
Причины:
{{causes}}
{{/causes}}
{{#grounds}}
Основания:
{{grounds}}
{{/grounds}}
{{#deadline}}
Срок: {{deadline}}
{{/deadline}}

Как ответить: {{#howToAnswer}}{{howToAnswer}}{{/howToAnswer}}{{^howToAnswer}}в кабинете участника, по ссылке ниже.{{/howToAnswer}}
{{link}}

Налоговая служба. Письмо составлено автоматически.
$$),
('KY', $$

Номери: {{number}}
Күнү жана убактысы: {{date}}
Тартип: {{procedure}}, версиясы {{procedureVersion}}
{{#contour}}
Контур: {{contour}}
{{/contour}}
{{#services}}
Сервистер: {{services}}
{{/services}}
{{#causes}}
Себептери:
{{causes}}
{{/causes}}
{{#grounds}}
Негиздери:
{{grounds}}
{{/grounds}}
{{#deadline}}
Мөөнөтү: {{deadline}}
{{/deadline}}

Кантип жооп берүү керек: {{#howToAnswer}}{{howToAnswer}}{{/howToAnswer}}{{^howToAnswer}}катышуучунун кабинетинде, төмөнкү шилтеме боюнча.{{/howToAnswer}}
{{link}}

Салык кызматы. Кат автоматтык түрдө түзүлдү.
$$),
('EN', $$

Number: {{number}}
Date and time: {{date}}
Procedure: {{procedure}}, version {{procedureVersion}}
{{#contour}}
Contour: {{contour}}
{{/contour}}
{{#services}}
Services: {{services}}
{{/services}}
{{#causes}}
Causes:
{{causes}}
{{/causes}}
{{#grounds}}
Grounds:
{{grounds}}
{{/grounds}}
{{#deadline}}
Deadline: {{deadline}}
{{/deadline}}

How to answer: {{#howToAnswer}}{{howToAnswer}}{{/howToAnswer}}{{^howToAnswer}}in the participant's cabinet, under the link below.{{/howToAnswer}}
{{link}}

The tax authority. This letter was composed automatically.
$$)),
what (kind, language, subject, said) as (values
-- N01: request accepted for consideration.
('N01', 'RU', 'Обращение {{number}} принято к рассмотрению',
$$Ваше обращение «{{requestKind}}» принято к рассмотрению. Решение будет принято в срок, указанный ниже.$$),
('N01', 'KY', '{{number}} кайрылуусу кароого кабыл алынды',
$$Сиздин «{{requestKind}}» кайрылууңуз кароого кабыл алынды. Чечим төмөндө көрсөтүлгөн мөөнөттө кабыл алынат.$$),
('N01', 'EN', 'Request {{number}} accepted for consideration',
$$Your request "{{requestKind}}" has been accepted for consideration. It will be decided by the deadline below.$$),
-- N02: request not accepted.
('N02', 'RU', 'Обращение {{number}} не принято',
$$Ваше обращение «{{requestKind}}» не принято к рассмотрению по причинам, указанным ниже. Устраните их и подайте обращение снова.$$),
('N02', 'KY', '{{number}} кайрылуусу кабыл алынган жок',
$$Сиздин «{{requestKind}}» кайрылууңуз төмөндө көрсөтүлгөн себептер боюнча кароого кабыл алынган жок. Аларды жоюп, кайрылууну кайра бериңиз.$$),
('N02', 'EN', 'Request {{number}} not accepted',
$$Your request "{{requestKind}}" has not been accepted for consideration, for the causes below. Remove them and file the request again.$$),
-- N03: more information needed.
('N03', 'RU', 'По обращению {{number}} нужны дополнительные сведения',
$$Чтобы решить ваше обращение «{{requestKind}}», нужны дополнительные сведения:

{{questions}}

После вашего ответа срок решения отсчитывается заново. Если ответа не будет в указанный ниже срок, обращение закрывается без решения.$$),
('N03', 'KY', '{{number}} кайрылуусу боюнча кошумча маалымат керек',
$$Сиздин «{{requestKind}}» кайрылууңузду чечүү үчүн кошумча маалымат керек:

{{questions}}

Жообуңуздан кийин чечимдин мөөнөтү кайра эсептелет. Төмөндө көрсөтүлгөн мөөнөттө жооп болбосо, кайрылуу чечимсиз жабылат.$$),
('N03', 'EN', 'More information needed for request {{number}}',
$$To decide your request "{{requestKind}}", more information is needed:

{{questions}}

The time for the decision starts anew with your answer. Without an answer by the deadline below the request is closed without a decision.$$),
-- N04: TEST access granted.
('N04', 'RU', 'Доступ к тестовому контуру предоставлен, обращение {{number}}',
$$Вам предоставлен доступ к тестовому контуру.

Учётные данные, по одноразовой ссылке для администратора узла: {{credentialsLink}}
Описание протокола: {{protocolLink}}

Тестовый контур служит изучению сервисов и совместным испытаниям; чистота его данных не контролируется.$$),
('N04', 'KY', 'Сыноо контуруна жеткиликтүүлүк берилди, {{number}} кайрылуусу',
$$Сизге сыноо контуруна жеткиликтүүлүк берилди.

Эсептик маалымат, түйүн администратору үчүн бир жолку шилтеме боюнча: {{credentialsLink}}
Протоколдун сүрөттөмөсү: {{protocolLink}}

Сыноо контуру сервистерди үйрөнүүгө жана биргелешкен сыноолорго арналган; анын маалыматынын тазалыгы көзөмөлдөнбөйт.$$),
('N04', 'EN', 'Access to the TEST contour granted, request {{number}}',
$$You have been granted access to the TEST contour.

Credentials, under a one-time link for the node administrator: {{credentialsLink}}
Description of the protocol: {{protocolLink}}

The TEST contour serves learning the services and joint testing; the cleanliness of its data is not controlled.$$),
-- N05: PRODUCTION access granted.
('N05', 'RU', 'Доступ к продуктивному контуру предоставлен, обращение {{number}}',
$$Вам предоставлен доступ к продуктивному контуру.

Учётные данные, по одноразовой ссылке для администратора узла: {{credentialsLink}}
Описание протокола: {{protocolLink}}

Продуктивный контур служит только реальной работе, не испытаниям и не отладке.$$),
('N05', 'KY', 'Өндүрүштүк контурга жеткиликтүүлүк берилди, {{number}} кайрылуусу',
$$Сизге өндүрүштүк контурга жеткиликтүүлүк берилди.

Эсептик маалымат, түйүн администратору үчүн бир жолку шилтеме боюнча: {{credentialsLink}}
Протоколдун сүрөттөмөсү: {{protocolLink}}

Өндүрүштүк контур чыныгы иш үчүн гана, сыноо жана оңдоо үчүн эмес.$$),
('N05', 'EN', 'Access to the PRODUCTION contour granted, request {{number}}',
$$You have been granted access to the PRODUCTION contour.

Credentials, under a one-time link for the node administrator: {{credentialsLink}}
Description of the protocol: {{protocolLink}}

The PRODUCTION contour is for real work only, not for testing or debugging.$$),
-- N06: agreement in force or amended.
('N06', 'RU', 'Соглашение {{agreement}} {{#amendment}}изменено{{/amendment}}{{^amendment}}вступило в силу{{/amendment}}',
$$Соглашение об информационном взаимодействии {{agreement}} {{#amendment}}изменено: {{amendment}}{{/amendment}}{{^amendment}}вступило в силу{{/amendment}}.$$),
('N06', 'KY', '{{agreement}} макулдашуусу {{#amendment}}өзгөртүлдү{{/amendment}}{{^amendment}}күчүнө кирди{{/amendment}}',
$$Маалымат алмашуу жөнүндө {{agreement}} макулдашуусу {{#amendment}}өзгөртүлдү: {{amendment}}{{/amendment}}{{^amendment}}күчүнө кирди{{/amendment}}.$$),
('N06', 'EN', 'Agreement {{agreement}} {{#amendment}}amended{{/amendment}}{{^amendment}}in force{{/amendment}}',
$$The agreement on interaction {{agreement}} {{#amendment}}has been amended: {{amendment}}{{/amendment}}{{^amendment}}is in force{{/amendment}}.$$),
-- N07: connection restored.
('N07', 'RU', 'Подключение восстановлено, {{number}}',
$$Ваше подключение восстановлено: вызовы снова принимаются с прежними учётными данными. Права доступа и токены, которые за это время истекли или были отозваны, не возобновляются.$$),
('N07', 'KY', 'Туташуу калыбына келтирилди, {{number}}',
$$Сиздин туташууңуз калыбына келтирилди: чакыруулар мурунку эсептик маалымат менен кайра кабыл алынат. Бул убакытта мөөнөтү бүткөн же кайтарып алынган жеткиликтүүлүк укуктары жана токендер калыбына келбейт.$$),
('N07', 'EN', 'Connection restored, {{number}}',
$$Your connection has been restored: calls are accepted again, with the same credentials. Access rights and tokens that expired or were revoked meanwhile do not revive.$$),
-- N08: disconnected on request.
('N08', 'RU', 'Отключение по вашему обращению {{number}} выполнено',
$$По вашему обращению подключение прекращено. Права доступа, учётные записи и учётные данные этого контура больше не действуют.$$),
('N08', 'KY', '{{number}} кайрылууңуз боюнча туташуу ажыратылды',
$$Сиздин кайрылууңуз боюнча туташуу токтотулду. Бул контурдун жеткиликтүүлүк укуктары, эсептери жана эсептик маалыматы мындан ары жараксыз.$$),
('N08', 'EN', 'Disconnected on your request {{number}}',
$$On your request the connection has ended. Access rights, accounts and credentials of this contour are no longer valid.$$),
-- N09: reasoned refusal, or test not passed.
('N09', 'RU', '{{#testNotPassed}}Испытание не пройдено{{/testNotPassed}}{{^testNotPassed}}Отказ{{/testNotPassed}}, обращение {{number}}',
$${{#testNotPassed}}Совместное испытание не пройдено{{/testNotPassed}}{{^testNotPassed}}По вашему обращению «{{requestKind}}» принято решение об отказе{{/testNotPassed}}. Причины указаны ниже; устранив их, вы вправе обратиться снова.$$),
('N09', 'KY', '{{#testNotPassed}}Сыноодон өткөн жок{{/testNotPassed}}{{^testNotPassed}}Баш тартуу{{/testNotPassed}}, {{number}} кайрылуусу',
$${{#testNotPassed}}Биргелешкен сыноодон өткөн жок{{/testNotPassed}}{{^testNotPassed}}Сиздин «{{requestKind}}» кайрылууңуз боюнча баш тартуу чечими кабыл алынды{{/testNotPassed}}. Себептери төмөндө; аларды жойгондон кийин кайра кайрылууга укугуңуз бар.$$),
('N09', 'EN', '{{#testNotPassed}}Test not passed{{/testNotPassed}}{{^testNotPassed}}Refusal{{/testNotPassed}}, request {{number}}',
$${{#testNotPassed}}The joint test has not been passed{{/testNotPassed}}{{^testNotPassed}}Your request "{{requestKind}}" has been refused{{/testNotPassed}}. The causes stand below; once they are removed you may apply again.$$),
-- N10: request closed without decision.
('N10', 'RU', 'Обращение {{number}} закрыто без решения',
$$Ваше обращение «{{requestKind}}» закрыто без решения. Вы вправе обратиться снова.$$),
('N10', 'KY', '{{number}} кайрылуусу чечимсиз жабылды',
$$Сиздин «{{requestKind}}» кайрылууңуз чечимсиз жабылды. Кайра кайрылууга укугуңуз бар.$$),
('N10', 'EN', 'Request {{number}} closed without a decision',
$$Your request "{{requestKind}}" has been closed without a decision. You may apply again.$$),
-- N11: suspension announced.
('N11', 'RU', 'Подключение будет приостановлено {{effectiveDate}}',
$$Ваше подключение будет приостановлено {{effectiveDate}} по основаниям, указанным ниже. До этого момента вызовы принимаются. Если причины будут устранены раньше, сообщите об этом: приостановление будет отменено.$$),
('N11', 'KY', 'Туташуу {{effectiveDate}} токтотулуп турат',
$$Сиздин туташууңуз төмөндө көрсөтүлгөн негиздер боюнча {{effectiveDate}} токтотулуп турат. Ага чейин чакыруулар кабыл алынат. Себептер эрте жоюлса, билдириңиз: токтотуп туруу жокко чыгарылат.$$),
('N11', 'EN', 'Connection will be suspended on {{effectiveDate}}',
$$Your connection will be suspended on {{effectiveDate}} on the grounds below. Until then calls are accepted. If the causes are removed before, tell us: the suspension will be withdrawn.$$),
-- N12: announcement withdrawn.
('N12', 'RU', 'Отменено: {{announcement}}',
$$Объявленное ранее отменено и не наступит: {{announcement}}. Подключение остаётся в прежнем состоянии.$$),
('N12', 'KY', 'Жокко чыгарылды: {{announcement}}',
$$Мурда жарыяланган жокко чыгарылды жана болбойт: {{announcement}}. Туташуу мурунку абалында калат.$$),
('N12', 'EN', 'Withdrawn: {{announcement}}',
$$What was announced has been withdrawn and will not happen: {{announcement}}. The connection stays in its state.$$),
-- N13: suspended.
('N13', 'RU', 'Подключение приостановлено, {{number}}',
$$Ваше подключение приостановлено по основаниям, указанным ниже: вызовы не принимаются. Когда причины будут устранены, подайте обращение о восстановлении; оно решается в срок, установленный порядком.$$),
('N13', 'KY', 'Туташуу токтотулуп турат, {{number}}',
$$Сиздин туташууңуз төмөндө көрсөтүлгөн негиздер боюнча токтотулуп турат: чакыруулар кабыл алынбайт. Себептер жоюлганда калыбына келтирүү жөнүндө кайрылуу бериңиз; ал тартипте белгиленген мөөнөттө чечилет.$$),
('N13', 'EN', 'Connection suspended, {{number}}',
$$Your connection has been suspended on the grounds below: calls are not accepted. When the causes are removed, file a request for restoration; it is decided within the time of the procedure.$$),
-- N14: disconnected by the authority.
('N14', 'RU', 'Подключение прекращено налоговой службой, {{number}}',
$$Ваше подключение прекращено налоговой службой по основаниям, указанным ниже. Права доступа, учётные записи, учётные данные и токены этого контура больше не действуют. Для нового подключения подайте новое обращение.$$),
('N14', 'KY', 'Туташууну салык кызматы ажыратты, {{number}}',
$$Салык кызматы сиздин туташууңузду төмөндө көрсөтүлгөн негиздер боюнча ажыратты. Бул контурдун жеткиликтүүлүк укуктары, эсептери, эсептик маалыматы жана токендери мындан ары жараксыз. Жаңы туташуу үчүн жаңы кайрылуу бериңиз.$$),
('N14', 'EN', 'Disconnected by the tax authority, {{number}}',
$$The tax authority has ended your connection on the grounds below. Access rights, accounts, credentials and tokens of this contour are no longer valid. To connect again, file a new request.$$),
-- N15: termination announced.
('N15', 'RU', 'Соглашение {{agreement}} будет расторгнуто {{effectiveDate}}',
$$Налоговая служба расторгает соглашение {{agreement}} в одностороннем порядке по основаниям, указанным ниже. Обмен прекратится {{effectiveDate}}; до этого момента вызовы принимаются.$$),
('N15', 'KY', '{{agreement}} макулдашуусу {{effectiveDate}} бузулат',
$$Салык кызматы {{agreement}} макулдашуусун төмөндө көрсөтүлгөн негиздер боюнча бир тараптуу бузат. Маалымат алмашуу {{effectiveDate}} токтойт; ага чейин чакыруулар кабыл алынат.$$),
('N15', 'EN', 'Agreement {{agreement}} will be terminated on {{effectiveDate}}',
$$The tax authority terminates the agreement {{agreement}} unilaterally on the grounds below. The exchange stops on {{effectiveDate}}; until then calls are accepted.$$),
-- N16: planned outage.
('N16', 'RU', 'Плановые работы с {{start}} до {{end}}',
$$С {{start}} до {{end}} проводятся плановые работы; указанные ниже сервисы в это время недоступны.$$),
('N16', 'KY', '{{start}} – {{end}} пландуу иштер',
$${{start}} – {{end}} аралыгында пландуу иштер жүргүзүлөт; төмөндө көрсөтүлгөн сервистер бул убакытта жеткиликсиз.$$),
('N16', 'EN', 'Planned outage from {{start}} to {{end}}',
$$From {{start}} to {{end}} planned work takes place; the services below are not available during that time.$$),
-- N17: change in the data or in the conditions of connection.
('N17', 'RU', 'Изменение сервисов с {{effectiveDate}}',
$$С {{effectiveDate}} меняется структура или состав данных либо условия подключения:

{{change}}$$),
('N17', 'KY', '{{effectiveDate}} тартып сервистердин өзгөрүшү',
$${{effectiveDate}} тартып маалыматтын түзүмү же курамы, же туташуу шарттары өзгөрөт:

{{change}}$$),
('N17', 'EN', 'Change of services from {{effectiveDate}}',
$$From {{effectiveDate}} the structure or composition of the data or the conditions of connection change:

{{change}}$$),
-- N18: emergency work.
('N18', 'RU', 'Аварийные работы с {{start}}',
$$С {{start}}{{#end}} до {{end}}{{/end}} проводятся аварийные работы; указанные ниже сервисы недоступны или работают с перебоями.{{^end}} Время окончания пока неизвестно.{{/end}}$$),
('N18', 'KY', '{{start}} тартып авариялык иштер',
$${{start}} тартып{{#end}} {{end}} чейин{{/end}} авариялык иштер жүргүзүлөт; төмөндө көрсөтүлгөн сервистер жеткиликсиз же үзгүлтүк менен иштейт.{{^end}} Аяктоо убактысы азырынча белгисиз.{{/end}}$$),
('N18', 'EN', 'Emergency work from {{start}}',
$$From {{start}}{{#end}} to {{end}}{{/end}} emergency work takes place; the services below are not available or are interrupted.{{^end}} When it ends is not known yet.{{/end}}$$),
-- N19: documents or agreement expire soon.
('N19', 'RU', 'Истекает срок действия {{expiryDate}}',
$${{expiryDate}} истекает срок действия:

{{documents}}

Представьте продление или замену до этого дня.$$),
('N19', 'KY', 'Жарактуулук мөөнөтү {{expiryDate}} бүтөт',
$${{expiryDate}} жарактуулук мөөнөтү бүтөт:

{{documents}}

Ошол күнгө чейин узартууну же алмаштырууну бериңиз.$$),
('N19', 'EN', 'Expires on {{expiryDate}}',
$$On {{expiryDate}} the validity ends of:

{{documents}}

Submit a renewal or a replacement before that day.$$),
-- N20: joint test passed.
('N20', 'RU', 'Совместное испытание пройдено, обращение {{number}}',
$$Совместное испытание пройдено. Результат действует для испытанной основной версии сервисов; новая основная версия требует нового испытания.$$),
('N20', 'KY', 'Биргелешкен сыноодон өттү, {{number}} кайрылуусу',
$$Биргелешкен сыноодон өттү. Жыйынтык сервистердин сыналган негизги версиясы үчүн жарактуу; жаңы негизги версия жаңы сыноону талап кылат.$$),
('N20', 'EN', 'Joint test passed, request {{number}}',
$$The joint test has been passed. The result holds for the tested major version of the services; a new major version needs a new test.$$))
insert into notices.template (kind, procedure_code, language, valid_from, subject, body)
select kind, '*', language, '2020-01-01', subject, '{{participant}}' || E'\n\n' || said || closing
  from what join frame using (language);
