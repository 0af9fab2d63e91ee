"""first tables"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '475de9c92ba1'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('access_records',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('username', sa.String(length=40), nullable=True),
    sa.Column('what', sa.String(length=40), nullable=False),
    sa.Column('case_number', sa.String(length=40), nullable=True),
    sa.Column('success', sa.Boolean(), nullable=False),
    sa.Column('detail', sa.String(length=400), nullable=True),
    sa.Column('ip', sa.String(length=60), nullable=True),
    sa.Column('request_id', sa.String(length=60), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_records'))
    )
    with op.batch_alter_table('access_records', schema=None) as batch_op:
        batch_op.create_index('ix_access_records_at', ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_access_records_case_number'), ['case_number'], unique=False)

    op.create_table('attempts',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempts'))
    )
    with op.batch_alter_table('attempts', schema=None) as batch_op:
        batch_op.create_index('ix_attempts_key_at', ['key', 'at'], unique=False)

    op.create_table('calendar_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('loaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('loaded_by', sa.Integer(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_versions')),
    sa.UniqueConstraint('year', 'version', name=op.f('uq_calendar_versions_year_version'))
    )
    op.create_table('heartbeats',
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_heartbeats'))
    )
    op.create_table('idempotency_keys',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('principal', sa.String(length=80), nullable=False),
    sa.Column('key', sa.String(length=255), nullable=False),
    sa.Column('body_hash', sa.String(length=64), nullable=False),
    sa.Column('result', sa.LargeBinary(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_idempotency_keys')),
    sa.UniqueConstraint('principal', 'key', name=op.f('uq_idempotency_keys_principal_key'))
    )
    with op.batch_alter_table('idempotency_keys', schema=None) as batch_op:
        batch_op.create_index('ix_idempotency_keys_expires_at', ['expires_at'], unique=False)

    op.create_table('import_batches',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('filename', sa.String(length=200), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('mapping', sa.String(length=60), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('read', sa.Integer(), nullable=False),
    sa.Column('added', sa.Integer(), nullable=False),
    sa.Column('unchanged', sa.Integer(), nullable=False),
    sa.Column('rejected', sa.Integer(), nullable=False),
    sa.Column('rejected_file', sa.String(length=200), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_batches'))
    )
    with op.batch_alter_table('import_batches', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_batches_sha256'), ['sha256'], unique=False)

    op.create_table('job_runs',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('job', sa.String(length=60), nullable=False),
    sa.Column('period', sa.String(length=40), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job_runs')),
    sa.UniqueConstraint('job', 'period', name=op.f('uq_job_runs_job_period'))
    )
    op.create_table('limit_rows',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('amount', sa.Integer(), nullable=False),
    sa.Column('unit', sa.Enum('calendar', 'working', 'office_hours', 'natural_hours', name='dayunit', native_enum=False, length=40), nullable=False),
    sa.Column('cap_days', sa.Integer(), nullable=True),
    sa.Column('effective_from', sa.Date(), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_limit_rows')),
    sa.UniqueConstraint('code', 'effective_from', name=op.f('uq_limit_rows_code_effective_from'))
    )
    op.create_table('number_series',
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_number_series'))
    )
    op.create_table('petitioners',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.LargeBinary(), nullable=True),
    sa.Column('name_index', sa.String(length=32), nullable=True),
    sa.Column('phone', sa.LargeBinary(), nullable=True),
    sa.Column('phone_index', sa.String(length=32), nullable=True),
    sa.Column('id_number', sa.LargeBinary(), nullable=True),
    sa.Column('id_index', sa.String(length=32), nullable=True),
    sa.Column('address', sa.LargeBinary(), nullable=True),
    sa.Column('is_confidential', sa.Boolean(), nullable=False),
    sa.Column('wants_no_calls', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_petitioners'))
    )
    with op.batch_alter_table('petitioners', schema=None) as batch_op:
        batch_op.create_index('ix_petitioners_id_index', ['id_index'], unique=False, postgresql_where=sa.text('id_index IS NOT NULL'), sqlite_where=sa.text('id_index IS NOT NULL'))
        batch_op.create_index(batch_op.f('ix_petitioners_name_index'), ['name_index'], unique=False)
        batch_op.create_index(batch_op.f('ix_petitioners_phone_index'), ['phone_index'], unique=False)

    op.create_table('settings',
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('value', sa.String(length=400), nullable=False),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_settings'))
    )
    op.create_table('units',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.Enum('street', 'centre', 'office', 'community', 'brigade', 'grid', 'department', name='unitkind', native_enum=False, length=40), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('handles_cases', sa.Boolean(), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('phone', sa.String(length=40), nullable=True),
    sa.Column('deputy_leader_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['parent_id'], ['units.id'], name=op.f('fk_units_parent_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_units')),
    sa.UniqueConstraint('code', name=op.f('uq_units_code')),
    sa.UniqueConstraint('name', name=op.f('uq_units_name'))
    )
    op.create_table('accounts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('username', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('roles', sa.String(length=400), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=False),
    sa.Column('password_changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('must_change_password', sa.Boolean(), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('totp_secret', sa.LargeBinary(), nullable=True),
    sa.Column('totp_last_step', sa.Integer(), nullable=True),
    sa.Column('email', sa.String(length=120), nullable=True),
    sa.Column('mobile', sa.LargeBinary(), nullable=True),
    sa.Column('rights_version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_signed_in_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_accounts_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_accounts')),
    sa.UniqueConstraint('username', name=op.f('uq_accounts_username'))
    )
    op.create_table('calendar_days',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('is_workday', sa.Boolean(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['version_id'], ['calendar_versions.id'], name=op.f('fk_calendar_days_version_id_calendar_versions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_days')),
    sa.UniqueConstraint('version_id', 'day', name=op.f('uq_calendar_days_version_id_day'))
    )
    op.create_table('categories',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('national_l1', sa.String(length=40), nullable=True),
    sa.Column('national_l2', sa.String(length=60), nullable=True),
    sa.Column('default_unit_id', sa.Integer(), nullable=True),
    sa.Column('keywords', sa.String(length=400), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['default_unit_id'], ['units.id'], name=op.f('fk_categories_default_unit_id_units')),
    sa.ForeignKeyConstraint(['parent_id'], ['categories.id'], name=op.f('fk_categories_parent_id_categories')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_categories')),
    sa.UniqueConstraint('code', name=op.f('uq_categories_code'))
    )
    op.create_table('api_tokens',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('scopes', sa.String(length=400), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_api_tokens_account_id_accounts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_api_tokens')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_api_tokens_token_hash'))
    )
    with op.batch_alter_table('api_tokens', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_api_tokens_account_id'), ['account_id'], unique=False)

    op.create_table('cases',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('track', sa.Enum('hotline', 'petition', name='track', native_enum=False, length=40), nullable=False),
    sa.Column('state', sa.Enum('to_dispatch', 'to_sign', 'handling', 'return_pending', 'to_review', 'replied', 'to_follow_up', 'redo', 'on_hold', 'grouped', 'declined', 'referred', 'withdrawn', 'closed', 'archived', 'registered', 'classified', 'objection_pending', 'to_notify', 'awaiting_report', 'forwarded', 'redirected', 'refused', 'refused_again', 'accepted', 'to_check', 'to_sign_off', 'to_serve', 'served', 'executing', 'in_review', 'reviewed', 'in_final_review', 'finally_reviewed', 'concluded', 'in_lane', 'transferred', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('is_open', sa.Boolean(), nullable=False),
    sa.Column('is_sealed', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('head_hash', sa.String(length=64), nullable=False),
    sa.Column('channel', sa.Enum('mayor_line', 'district_line', 'hotline_12345', 'message_board', 'neighbourhood', 'petition_online', 'letter', 'visit', 'call', 'window', 'leader_reception', 'leader_note', 'forwarded', 'grid', 'patrol', 'community', 'portal', 'media', 'deputies', name='channel', native_enum=False, length=40), nullable=False),
    sa.Column('source_level', sa.Enum('national', 'provincial', 'municipal', 'district', 'street', name='sourcelevel', native_enum=False, length=40), nullable=True),
    sa.Column('kind', sa.Enum('consult', 'help', 'complaint', 'report', 'suggestion', 'praise', 'other', name='kind', native_enum=False, length=40), nullable=False),
    sa.Column('urgency', sa.Enum('normal', 'urgent', 'critical', name='urgency', native_enum=False, length=40), nullable=False),
    sa.Column('is_important', sa.Boolean(), nullable=False),
    sa.Column('risk_tags', sa.String(length=400), nullable=False),
    sa.Column('category_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('address', sa.String(length=200), nullable=True),
    sa.Column('area_unit_id', sa.Integer(), nullable=True),
    sa.Column('latitude', sa.Double(), nullable=True),
    sa.Column('longitude', sa.Double(), nullable=True),
    sa.Column('persons', sa.Integer(), nullable=False),
    sa.Column('petitioner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('query_code_hash', sa.String(length=120), nullable=True),
    sa.Column('external_number', sa.String(length=80), nullable=True),
    sa.Column('external_key', sa.String(length=120), nullable=True),
    sa.Column('external_due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('is_imported', sa.Boolean(), nullable=False),
    sa.Column('registered_by', sa.Integer(), nullable=True),
    sa.Column('lead_unit_id', sa.Integer(), nullable=True),
    sa.Column('handler_id', sa.Integer(), nullable=True),
    sa.Column('is_designated', sa.Boolean(), nullable=False),
    sa.Column('next_due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('next_warn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('dispatched_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sign_due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('contact_due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('contacted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('handle_due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('replied_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('result', sa.Enum('resolved', 'partly', 'explained', 'unresolved', 'unreasonable', 'withdrawn', name='result', native_enum=False, length=40), nullable=True),
    sa.Column('surveyable', sa.Boolean(), nullable=True),
    sa.Column('callback_valid', sa.Boolean(), nullable=True),
    sa.Column('callback_contacted', sa.Boolean(), nullable=True),
    sa.Column('resolved', sa.Boolean(), nullable=True),
    sa.Column('satisfaction', sa.Enum('satisfied', 'basically', 'fair', 'dissatisfied', name='satisfaction', native_enum=False, length=40), nullable=True),
    sa.Column('evaluated_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('is_dissatisfied', sa.Boolean(), nullable=False),
    sa.Column('redo_count', sa.Integer(), nullable=False),
    sa.Column('return_count', sa.Integer(), nullable=False),
    sa.Column('urge_count', sa.Integer(), nullable=False),
    sa.Column('repeat_count', sa.Integer(), nullable=False),
    sa.Column('repeat_of_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('grouped_into_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('excluded', sa.Enum('statutory_channel', 'unreasonable', 'beyond_powers', 'misrouted', 'force_majeure', 'repeat', 'legacy', 'unreachable', name='excludereason', native_enum=False, length=40), nullable=True),
    sa.Column('judged_unreasonable', sa.Boolean(), nullable=False),
    sa.CheckConstraint('NOT (is_open AND is_sealed)', name=op.f('ck_cases_sealed_is_never_open')),
    sa.CheckConstraint('version >= 1', name=op.f('ck_cases_version_positive')),
    sa.ForeignKeyConstraint(['area_unit_id'], ['units.id'], name=op.f('fk_cases_area_unit_id_units')),
    sa.ForeignKeyConstraint(['category_id'], ['categories.id'], name=op.f('fk_cases_category_id_categories')),
    sa.ForeignKeyConstraint(['grouped_into_id'], ['cases.id'], name=op.f('fk_cases_grouped_into_id_cases')),
    sa.ForeignKeyConstraint(['handler_id'], ['accounts.id'], name=op.f('fk_cases_handler_id_accounts')),
    sa.ForeignKeyConstraint(['lead_unit_id'], ['units.id'], name=op.f('fk_cases_lead_unit_id_units')),
    sa.ForeignKeyConstraint(['petitioner_id'], ['petitioners.id'], name=op.f('fk_cases_petitioner_id_petitioners')),
    sa.ForeignKeyConstraint(['repeat_of_id'], ['cases.id'], name=op.f('fk_cases_repeat_of_id_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cases')),
    sa.UniqueConstraint('external_key', name=op.f('uq_cases_external_key')),
    sa.UniqueConstraint('number', name=op.f('uq_cases_number'))
    )
    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.create_index('ix_cases_category_received', ['category_id', 'received_at'], unique=False)
        batch_op.create_index('ix_cases_closed', ['closed_at'], unique=False, postgresql_where=sa.text('closed_at IS NOT NULL'), sqlite_where=sa.text('closed_at IS NOT NULL'))
        batch_op.create_index('ix_cases_contact_due', ['contact_due_at'], unique=False, postgresql_where=sa.text('contact_due_at IS NOT NULL'), sqlite_where=sa.text('contact_due_at IS NOT NULL'))
        batch_op.create_index('ix_cases_dispatched', ['dispatched_at'], unique=False, postgresql_where=sa.text('dispatched_at IS NOT NULL'), sqlite_where=sa.text('dispatched_at IS NOT NULL'))
        batch_op.create_index('ix_cases_external_number', ['external_number'], unique=False, postgresql_where=sa.text('external_number IS NOT NULL'), sqlite_where=sa.text('external_number IS NOT NULL'))
        batch_op.create_index('ix_cases_grouped_into_id', ['grouped_into_id'], unique=False, postgresql_where=sa.text('grouped_into_id IS NOT NULL'), sqlite_where=sa.text('grouped_into_id IS NOT NULL'))
        batch_op.create_index('ix_cases_handle_due', ['handle_due_at'], unique=False)
        batch_op.create_index('ix_cases_handler_id', ['handler_id'], unique=False, postgresql_where=sa.text('handler_id IS NOT NULL'), sqlite_where=sa.text('handler_id IS NOT NULL'))
        batch_op.create_index(batch_op.f('ix_cases_petitioner_id'), ['petitioner_id'], unique=False)
        batch_op.create_index('ix_cases_received', ['received_at', 'id'], unique=False)
        batch_op.create_index('ix_cases_sealed', ['received_at', 'id'], unique=False, postgresql_where=sa.text('is_sealed'), sqlite_where=sa.text('is_sealed'))
        batch_op.create_index('ix_cases_open_petitions', ['next_due_at', 'id'], unique=False, postgresql_where=sa.text("is_open AND track = 'petition'"), sqlite_where=sa.text("is_open AND track = 'petition'"))
        batch_op.create_index('ix_cases_petitions', ['received_at', 'id'], unique=False, postgresql_where=sa.text("track = 'petition'"), sqlite_where=sa.text("track = 'petition'"))
        batch_op.create_index('ix_cases_petition_state', ['state', 'received_at', 'id'], unique=False, postgresql_where=sa.text("track = 'petition'"), sqlite_where=sa.text("track = 'petition'"))
        batch_op.create_index('ix_cases_repeat_of_id', ['repeat_of_id'], unique=False, postgresql_where=sa.text('repeat_of_id IS NOT NULL'), sqlite_where=sa.text('repeat_of_id IS NOT NULL'))
        batch_op.create_index('ix_cases_sign_due', ['sign_due_at'], unique=False, postgresql_where=sa.text('sign_due_at IS NOT NULL'), sqlite_where=sa.text('sign_due_at IS NOT NULL'))
        batch_op.create_index('ix_cases_unit_received', ['lead_unit_id', 'received_at', 'id'], unique=False)
        batch_op.create_index('ix_cases_registered_by', ['registered_by'], unique=False, postgresql_where=sa.text('registered_by IS NOT NULL'), sqlite_where=sa.text('registered_by IS NOT NULL'))
        # Last: of indexes that look alike, SQLite without statistics takes the youngest.
        batch_op.create_index('ix_cases_open_due', ['next_due_at', 'id'], unique=False, postgresql_where=sa.text('is_open'), sqlite_where=sa.text('is_open'))
        batch_op.create_index('ix_cases_open_state_due', ['state', 'next_due_at', 'id'], unique=False, postgresql_where=sa.text('is_open'), sqlite_where=sa.text('is_open'))
        batch_op.create_index('ix_cases_open_unit_due', ['lead_unit_id', 'next_due_at', 'id'], unique=False, postgresql_where=sa.text('is_open'), sqlite_where=sa.text('is_open'))

    op.create_table('drafts',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('form', sa.String(length=120), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_drafts_account_id_accounts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_drafts')),
    sa.UniqueConstraint('account_id', 'form', name=op.f('uq_drafts_account_id_form'))
    )
    op.create_table('import_mappings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('base', sa.String(length=20), nullable=False),
    sa.Column('columns', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('constants', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['changed_by'], ['accounts.id'], name=op.f('fk_import_mappings_changed_by_accounts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_mappings')),
    sa.UniqueConstraint('name', name=op.f('uq_import_mappings_name'))
    )
    op.create_table('reply_templates',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('use', sa.String(length=20), nullable=False),
    sa.Column('channel', sa.Enum('mayor_line', 'district_line', 'hotline_12345', 'message_board', 'neighbourhood', 'petition_online', 'letter', 'visit', 'call', 'window', 'leader_reception', 'leader_note', 'forwarded', 'grid', 'patrol', 'community', 'portal', 'media', 'deputies', name='channel', native_enum=False, length=40), nullable=True),
    sa.Column('category_id', sa.Integer(), nullable=True),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['category_id'], ['categories.id'], name=op.f('fk_reply_templates_category_id_categories')),
    sa.ForeignKeyConstraint(['changed_by'], ['accounts.id'], name=op.f('fk_reply_templates_changed_by_accounts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reply_templates')),
    sa.UniqueConstraint('name', name=op.f('uq_reply_templates_name'))
    )
    op.create_table('routing_rules',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('category_id', sa.Integer(), nullable=True),
    sa.Column('area_unit_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.Enum('consult', 'help', 'complaint', 'report', 'suggestion', 'praise', 'other', name='kind', native_enum=False, length=40), nullable=True),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('on_community_list', sa.Boolean(), nullable=False),
    sa.Column('effective_from', sa.Date(), nullable=False),
    sa.Column('effective_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['area_unit_id'], ['units.id'], name=op.f('fk_routing_rules_area_unit_id_units')),
    sa.ForeignKeyConstraint(['category_id'], ['categories.id'], name=op.f('fk_routing_rules_category_id_categories')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_routing_rules_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_routing_rules'))
    )
    op.create_table('sign_in_sessions',
    sa.Column('id_hash', sa.String(length=64), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('second_factor_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ip', sa.String(length=60), nullable=True),
    sa.Column('browser', sa.String(length=200), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_sign_in_sessions_account_id_accounts')),
    sa.PrimaryKeyConstraint('id_hash', name=op.f('pk_sign_in_sessions'))
    )
    with op.batch_alter_table('sign_in_sessions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_sessions_account_id'), ['account_id'], unique=False)

    op.create_table('assignments',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('part', sa.Enum('lead', 'assist', 'whistle', name='part', native_enum=False, length=40), nullable=False),
    sa.Column('assigned_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('assigned_by', sa.Integer(), nullable=True),
    sa.Column('request', sa.Text(), nullable=True),
    sa.Column('reasons', sa.Text(), nullable=True),
    sa.Column('was_suggested', sa.Boolean(), nullable=True),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('end_reason', sa.String(length=40), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_assignments_case_id_cases')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_assignments_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignments'))
    )
    with op.batch_alter_table('assignments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assignments_case_id'), ['case_id'], unique=False)
        batch_op.create_index('ix_assignments_unit', ['unit_id', 'case_id'], unique=False)
        batch_op.create_index('ix_assignments_assisting', ['unit_id', 'case_id'], unique=False, postgresql_where=sa.text("part <> 'lead' AND ended_at IS NULL"), sqlite_where=sa.text("part <> 'lead' AND ended_at IS NULL"))
        batch_op.create_index('uq_assignments_one_lead', ['case_id'], unique=True, postgresql_where=sa.text("part = 'lead' AND ended_at IS NULL"), sqlite_where=sa.text("part = 'lead' AND ended_at IS NULL"))

    op.create_table('attachments',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('purpose', sa.String(length=20), nullable=False),
    sa.Column('filename', sa.String(length=200), nullable=False),
    sa.Column('mime', sa.String(length=80), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('storage_name', sa.String(length=80), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('uploaded_by', sa.Integer(), nullable=True),
    sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_attachments_case_id_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachments')),
    sa.UniqueConstraint('storage_name', name=op.f('uq_attachments_storage_name'))
    )
    with op.batch_alter_table('attachments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attachments_case_id'), ['case_id'], unique=False)

    op.create_table('clocks',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('limit_code', sa.String(length=40), nullable=False),
    sa.Column('rule_code', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=True),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('status', sa.Enum('running', 'paused', 'met', 'met_late', 'ended', name='clockstatus', native_enum=False, length=40), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_raw', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_legal', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('warn_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('provisional', sa.Boolean(), nullable=False),
    sa.Column('calendar_version', sa.String(length=120), nullable=False),
    sa.Column('extended_days', sa.Integer(), nullable=False),
    sa.Column('due_version', sa.Integer(), nullable=False),
    sa.Column('stopped_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('next_reminder_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reminded_step', sa.String(length=20), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_clocks_case_id_cases')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_clocks_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clocks'))
    )
    with op.batch_alter_table('clocks', schema=None) as batch_op:
        batch_op.create_index('ix_clocks_case', ['case_id'], unique=False)
        batch_op.create_index('ix_clocks_next_reminder', ['next_reminder_at', 'id'], unique=False, postgresql_where=sa.text("status = 'running'"), sqlite_where=sa.text("status = 'running'"))
        batch_op.create_index('ix_clocks_provisional', ['provisional'], unique=False, postgresql_where=sa.text('provisional'), sqlite_where=sa.text('provisional'))

    op.create_table('contacts',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('channel', sa.Enum('phone', 'visit', 'window', 'sms', 'online', 'letter', 'upstream', name='contactchannel', native_enum=False, length=40), nullable=False),
    sa.Column('outcome', sa.Enum('reached', 'no_answer', 'dead_number', 'refused', name='contactoutcome', native_enum=False, length=40), nullable=False),
    sa.Column('note', sa.LargeBinary(), nullable=True),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('assignment_no', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_contacts_case_id_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contacts'))
    )
    with op.batch_alter_table('contacts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contacts_case_id'), ['case_id'], unique=False)

    op.create_table('decision_requests',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('return', 'extension', 'hold', 'exclusion', 'appeal', 'upstream_return', 'upstream_extension', name='requestkind', native_enum=False, length=40), nullable=False),
    sa.Column('status', sa.Enum('pending', 'granted', 'refused', name='requeststatus', native_enum=False, length=40), nullable=False),
    sa.Column('requested_by', sa.Integer(), nullable=True),
    sa.Column('requested_unit_id', sa.Integer(), nullable=True),
    sa.Column('requested_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reason_code', sa.String(length=40), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('days', sa.Integer(), nullable=True),
    sa.Column('proposed_unit_id', sa.Integer(), nullable=True),
    sa.Column('plan', sa.Text(), nullable=True),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decision_note', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_decision_requests_case_id_cases')),
    sa.ForeignKeyConstraint(['proposed_unit_id'], ['units.id'], name=op.f('fk_decision_requests_proposed_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision_requests'))
    )
    with op.batch_alter_table('decision_requests', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_decision_requests_case_id'), ['case_id'], unique=False)
        batch_op.create_index('ix_decision_requests_pending', ['status', 'kind'], unique=False)
        batch_op.create_index('uq_decision_requests_one_pending', ['case_id', 'kind'], unique=True, postgresql_where=sa.text("status = 'pending'"), sqlite_where=sa.text("status = 'pending'"))

    op.create_table('follow_ups',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('by_resident', sa.Boolean(), nullable=False),
    sa.Column('number_matches', sa.Boolean(), nullable=True),
    sa.Column('validity', sa.Enum('valid', 'no_answer', 'dead_number', 'refused', 'not_the_person', 'no_calls_wanted', 'confidential', name='callvalidity', native_enum=False, length=40), nullable=False),
    sa.Column('contacted', sa.Boolean(), nullable=True),
    sa.Column('resolved', sa.Boolean(), nullable=True),
    sa.Column('satisfaction', sa.Enum('satisfied', 'basically', 'fair', 'dissatisfied', name='satisfaction', native_enum=False, length=40), nullable=True),
    sa.Column('dissatisfied_because', sa.Enum('not_solved', 'too_slow', 'no_contact', 'attitude', 'reply_untrue', 'result_rejected', 'other', name='dissatisfactionreason', native_enum=False, length=40), nullable=True),
    sa.Column('note', sa.LargeBinary(), nullable=True),
    sa.Column('counted', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_follow_ups_case_id_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_ups'))
    )
    with op.batch_alter_table('follow_ups', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_follow_ups_case_id'), ['case_id'], unique=False)

    op.create_table('inbox_messages',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('topic', sa.String(length=40), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('link', sa.String(length=300), nullable=True),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('dedupe_key', sa.String(length=160), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_inbox_messages_account_id_accounts')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_inbox_messages_case_id_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inbox_messages')),
    sa.UniqueConstraint('dedupe_key', name=op.f('uq_inbox_messages_dedupe_key'))
    )
    with op.batch_alter_table('inbox_messages', schema=None) as batch_op:
        batch_op.create_index('ix_inbox_messages_account', ['account_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_inbox_messages_case_id'), ['case_id'], unique=False)
        batch_op.create_index('ix_inbox_messages_unread', ['account_id'], unique=False, postgresql_where=sa.text('read_at IS NULL'), sqlite_where=sa.text('read_at IS NULL'))

    op.create_table('outbox',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('seq', sa.Integer(), nullable=True),
    sa.Column('topic', sa.String(length=40), nullable=False),
    sa.Column('channel', sa.String(length=20), nullable=False),
    sa.Column('recipient', sa.String(length=60), nullable=False),
    sa.Column('dedupe_key', sa.String(length=160), nullable=False),
    sa.Column('payload', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'sending', 'sent', 'unknown', 'dead', 'given_up', name='outboxstate', native_enum=False, length=40), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('next_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lease_owner', sa.String(length=80), nullable=True),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempt_id', sa.String(length=40), nullable=True),
    sa.Column('last_error', sa.Text(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_outbox_case_id_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox')),
    sa.UniqueConstraint('dedupe_key', name=op.f('uq_outbox_dedupe_key'))
    )
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outbox_case_id'), ['case_id'], unique=False)
        batch_op.create_index('ix_outbox_sending', ['lease_until'], unique=False, postgresql_where=sa.text("state = 'sending'"), sqlite_where=sa.text("state = 'sending'"))
        batch_op.create_index('ix_outbox_waiting', ['next_at', 'id'], unique=False, postgresql_where=sa.text("state = 'waiting'"), sqlite_where=sa.text("state = 'waiting'"))

    op.create_table('replies',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('draft_no', sa.Integer(), nullable=False),
    sa.Column('result', sa.Enum('resolved', 'partly', 'explained', 'unresolved', 'unreasonable', 'withdrawn', name='result', native_enum=False, length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('inner_note', sa.Text(), nullable=True),
    sa.Column('text_hash', sa.String(length=64), nullable=False),
    sa.Column('submitted_by', sa.Integer(), nullable=True),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reviewed_by', sa.Integer(), nullable=True),
    sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('review_note', sa.Text(), nullable=True),
    sa.Column('approved', sa.Boolean(), nullable=True),
    sa.Column('reached_via', sa.Enum('phone', 'visit', 'window', 'sms', 'online', 'letter', 'upstream', name='contactchannel', native_enum=False, length=40), nullable=True),
    sa.Column('reached_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('copied_upstream_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_replies_case_id_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_replies'))
    )
    with op.batch_alter_table('replies', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_replies_case_id'), ['case_id'], unique=False)
        batch_op.create_index('ix_replies_reached', ['reached_at'], unique=False, postgresql_where=sa.text('reached_at IS NOT NULL'), sqlite_where=sa.text('reached_at IS NOT NULL'))
        batch_op.create_index(batch_op.f('ix_replies_text_hash'), ['text_hash'], unique=False)

    op.create_table('supervision_orders',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('level', sa.Enum('phone', 'notice', 'order', 'listed', name='superviselevel', native_enum=False, length=40), nullable=False),
    sa.Column('trigger', sa.Enum('half_time_no_record', 'near_due', 'overdue', 'raised_again', 'dissatisfied_not_redone', 'assist_late', 'not_resubmitted', 'leader_note', 'media', 'collective_or_threat', 'fraud', name='supervisetrigger', native_enum=False, length=40), nullable=False),
    sa.Column('requirement', sa.Text(), nullable=False),
    sa.Column('issued_by', sa.Integer(), nullable=True),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('feedback', sa.Text(), nullable=True),
    sa.Column('feedback_by', sa.Integer(), nullable=True),
    sa.Column('feedback_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_supervision_orders_case_id_cases')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_supervision_orders_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_supervision_orders')),
    sa.UniqueConstraint('number', name=op.f('uq_supervision_orders_number'))
    )
    with op.batch_alter_table('supervision_orders', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_supervision_orders_case_id'), ['case_id'], unique=False)

    op.create_table('timeline_entries',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('actor_name', sa.String(length=40), nullable=False),
    sa.Column('actor_role', sa.Enum('operator', 'dispatcher', 'unit_head', 'handler', 'deputy_leader', 'leader', 'supervisor', 'follow_up', 'petition_clerk', 'legal_adviser', 'discipline', 'system_admin', 'security_admin', 'auditor', 'resident', 'system', name='role', native_enum=False, length=40), nullable=False),
    sa.Column('actor_unit_id', sa.Integer(), nullable=True),
    sa.Column('action', sa.Enum('register', 'answer', 'decline', 'group', 'dispatch', 'sign_for', 'request_return', 'decide_return', 'contact', 'log', 'assist', 'assist_report', 'whistle', 'request_extension', 'decide_extension', 'request_hold', 'decide_hold', 'release', 'submit', 'send_back', 'approve', 'follow_up', 'evaluate', 'redo', 'close', 'archive', 'refer', 'withdraw', 'urge', 'supervise', 'supervise_report', 'instruct', 'reclassify', 'exclude', 'decide_exclusion', 'appeal', 'decide_appeal', 'return_upstream', 'extend_upstream', 'queue_follow_up', 'close_unsurveyed', 'attach', 'note_repeat', 'recalculate', name='action', native_enum=False, length=40), nullable=False),
    sa.Column('outcome', sa.String(length=20), nullable=False),
    sa.Column('from_state', sa.Enum('to_dispatch', 'to_sign', 'handling', 'return_pending', 'to_review', 'replied', 'to_follow_up', 'redo', 'on_hold', 'grouped', 'declined', 'referred', 'withdrawn', 'closed', 'archived', 'registered', 'classified', 'objection_pending', 'to_notify', 'awaiting_report', 'forwarded', 'redirected', 'refused', 'refused_again', 'accepted', 'to_check', 'to_sign_off', 'to_serve', 'served', 'executing', 'in_review', 'reviewed', 'in_final_review', 'finally_reviewed', 'concluded', 'in_lane', 'transferred', name='state', native_enum=False, length=40), nullable=True),
    sa.Column('to_state', sa.Enum('to_dispatch', 'to_sign', 'handling', 'return_pending', 'to_review', 'replied', 'to_follow_up', 'redo', 'on_hold', 'grouped', 'declined', 'referred', 'withdrawn', 'closed', 'archived', 'registered', 'classified', 'objection_pending', 'to_notify', 'awaiting_report', 'forwarded', 'redirected', 'refused', 'refused_again', 'accepted', 'to_check', 'to_sign_off', 'to_serve', 'served', 'executing', 'in_review', 'reviewed', 'in_final_review', 'finally_reviewed', 'concluded', 'in_lane', 'transferred', name='state', native_enum=False, length=40), nullable=False),
    sa.Column('visibility', sa.Enum('public', 'internal', 'restricted', name='visibility', native_enum=False, length=40), nullable=False),
    sa.Column('payload', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('text_commitment', sa.String(length=64), nullable=True),
    sa.Column('door', sa.String(length=20), nullable=False),
    sa.Column('ip', sa.String(length=60), nullable=True),
    sa.Column('request_id', sa.String(length=60), nullable=True),
    sa.Column('prev_hash', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_timeline_entries_case_id_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_timeline_entries')),
    sa.UniqueConstraint('case_id', 'seq', name=op.f('uq_timeline_entries_case_id_seq'))
    )
    with op.batch_alter_table('timeline_entries', schema=None) as batch_op:
        batch_op.create_index('ix_timeline_entries_at', ['at'], unique=False)

    op.create_table('clock_pauses',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('clock_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('basis', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['clock_id'], ['clocks.id'], name=op.f('fk_clock_pauses_clock_id_clocks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clock_pauses'))
    )
    with op.batch_alter_table('clock_pauses', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_clock_pauses_clock_id'), ['clock_id'], unique=False)

    op.create_table('reminders',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('clock_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('due_version', sa.Integer(), nullable=False),
    sa.Column('step', sa.String(length=20), nullable=False),
    sa.Column('occurrence', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('digest_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_reminders_account_id_accounts')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_reminders_case_id_cases')),
    sa.ForeignKeyConstraint(['clock_id'], ['clocks.id'], name=op.f('fk_reminders_clock_id_clocks')),
    sa.ForeignKeyConstraint(['digest_id'], ['inbox_messages.id'], name=op.f('fk_reminders_digest_id_inbox_messages')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminders')),
    sa.UniqueConstraint('clock_id', 'due_version', 'step', 'occurrence', 'account_id', name=op.f('uq_reminders_clock_id_due_version_step_occurrence_account_id'))
    )
    with op.batch_alter_table('reminders', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reminders_case_id'), ['case_id'], unique=False)
        batch_op.create_index('ix_reminders_undigested', ['account_id'], unique=False, postgresql_where=sa.text('digest_id IS NULL'), sqlite_where=sa.text('digest_id IS NULL'))

    op.create_table('timeline_texts',
    sa.Column('entry_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('salt', sa.String(length=32), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=True),
    sa.Column('erased_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['entry_id'], ['timeline_entries.id'], name=op.f('fk_timeline_texts_entry_id_timeline_entries')),
    sa.PrimaryKeyConstraint('entry_id', name=op.f('pk_timeline_texts'))
    )


def downgrade():
    op.drop_table('timeline_texts')
    with op.batch_alter_table('reminders', schema=None) as batch_op:
        batch_op.drop_index('ix_reminders_undigested', postgresql_where=sa.text('digest_id IS NULL'), sqlite_where=sa.text('digest_id IS NULL'))
        batch_op.drop_index(batch_op.f('ix_reminders_case_id'))

    op.drop_table('reminders')
    with op.batch_alter_table('clock_pauses', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_clock_pauses_clock_id'))

    op.drop_table('clock_pauses')
    with op.batch_alter_table('timeline_entries', schema=None) as batch_op:
        batch_op.drop_index('ix_timeline_entries_at')

    op.drop_table('timeline_entries')
    with op.batch_alter_table('supervision_orders', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_supervision_orders_case_id'))

    op.drop_table('supervision_orders')
    with op.batch_alter_table('replies', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_replies_text_hash'))
        batch_op.drop_index('ix_replies_reached', postgresql_where=sa.text('reached_at IS NOT NULL'), sqlite_where=sa.text('reached_at IS NOT NULL'))
        batch_op.drop_index(batch_op.f('ix_replies_case_id'))

    op.drop_table('replies')
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_index('ix_outbox_waiting', postgresql_where=sa.text("state = 'waiting'"), sqlite_where=sa.text("state = 'waiting'"))
        batch_op.drop_index('ix_outbox_sending', postgresql_where=sa.text("state = 'sending'"), sqlite_where=sa.text("state = 'sending'"))
        batch_op.drop_index(batch_op.f('ix_outbox_case_id'))

    op.drop_table('outbox')
    with op.batch_alter_table('inbox_messages', schema=None) as batch_op:
        batch_op.drop_index('ix_inbox_messages_unread', postgresql_where=sa.text('read_at IS NULL'), sqlite_where=sa.text('read_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_inbox_messages_case_id'))
        batch_op.drop_index('ix_inbox_messages_account')

    op.drop_table('inbox_messages')
    with op.batch_alter_table('follow_ups', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_follow_ups_case_id'))

    op.drop_table('follow_ups')
    with op.batch_alter_table('decision_requests', schema=None) as batch_op:
        batch_op.drop_index('uq_decision_requests_one_pending', postgresql_where=sa.text("status = 'pending'"), sqlite_where=sa.text("status = 'pending'"))
        batch_op.drop_index('ix_decision_requests_pending')
        batch_op.drop_index(batch_op.f('ix_decision_requests_case_id'))

    op.drop_table('decision_requests')
    with op.batch_alter_table('contacts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contacts_case_id'))

    op.drop_table('contacts')
    with op.batch_alter_table('clocks', schema=None) as batch_op:
        batch_op.drop_index('ix_clocks_provisional', postgresql_where=sa.text('provisional'), sqlite_where=sa.text('provisional'))
        batch_op.drop_index('ix_clocks_next_reminder', postgresql_where=sa.text("status = 'running'"), sqlite_where=sa.text("status = 'running'"))
        batch_op.drop_index('ix_clocks_case')

    op.drop_table('clocks')
    with op.batch_alter_table('attachments', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attachments_case_id'))

    op.drop_table('attachments')
    with op.batch_alter_table('assignments', schema=None) as batch_op:
        batch_op.drop_index('uq_assignments_one_lead', postgresql_where=sa.text("part = 'lead' AND ended_at IS NULL"), sqlite_where=sa.text("part = 'lead' AND ended_at IS NULL"))
        batch_op.drop_index('ix_assignments_assisting', postgresql_where=sa.text("part <> 'lead' AND ended_at IS NULL"), sqlite_where=sa.text("part <> 'lead' AND ended_at IS NULL"))
        batch_op.drop_index('ix_assignments_unit')
        batch_op.drop_index(batch_op.f('ix_assignments_case_id'))

    op.drop_table('assignments')
    with op.batch_alter_table('sign_in_sessions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_sessions_account_id'))

    op.drop_table('sign_in_sessions')
    op.drop_table('routing_rules')
    op.drop_table('reply_templates')
    op.drop_table('import_mappings')
    op.drop_table('drafts')
    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.drop_index('ix_cases_registered_by', postgresql_where=sa.text('registered_by IS NOT NULL'), sqlite_where=sa.text('registered_by IS NOT NULL'))
        batch_op.drop_index('ix_cases_unit_received')
        batch_op.drop_index('ix_cases_sign_due', postgresql_where=sa.text('sign_due_at IS NOT NULL'), sqlite_where=sa.text('sign_due_at IS NOT NULL'))
        batch_op.drop_index('ix_cases_repeat_of_id', postgresql_where=sa.text('repeat_of_id IS NOT NULL'), sqlite_where=sa.text('repeat_of_id IS NOT NULL'))
        batch_op.drop_index('ix_cases_petition_state', postgresql_where=sa.text("track = 'petition'"), sqlite_where=sa.text("track = 'petition'"))
        batch_op.drop_index('ix_cases_open_petitions', postgresql_where=sa.text("is_open AND track = 'petition'"), sqlite_where=sa.text("is_open AND track = 'petition'"))
        batch_op.drop_index('ix_cases_petitions', postgresql_where=sa.text("track = 'petition'"), sqlite_where=sa.text("track = 'petition'"))
        batch_op.drop_index('ix_cases_sealed', postgresql_where=sa.text('is_sealed'), sqlite_where=sa.text('is_sealed'))
        batch_op.drop_index('ix_cases_received')
        batch_op.drop_index(batch_op.f('ix_cases_petitioner_id'))
        batch_op.drop_index('ix_cases_open_unit_due', postgresql_where=sa.text('is_open'), sqlite_where=sa.text('is_open'))
        batch_op.drop_index('ix_cases_open_state_due', postgresql_where=sa.text('is_open'), sqlite_where=sa.text('is_open'))
        batch_op.drop_index('ix_cases_open_due', postgresql_where=sa.text('is_open'), sqlite_where=sa.text('is_open'))
        batch_op.drop_index('ix_cases_handler_id', postgresql_where=sa.text('handler_id IS NOT NULL'), sqlite_where=sa.text('handler_id IS NOT NULL'))
        batch_op.drop_index('ix_cases_handle_due')
        batch_op.drop_index('ix_cases_grouped_into_id', postgresql_where=sa.text('grouped_into_id IS NOT NULL'), sqlite_where=sa.text('grouped_into_id IS NOT NULL'))
        batch_op.drop_index('ix_cases_external_number', postgresql_where=sa.text('external_number IS NOT NULL'), sqlite_where=sa.text('external_number IS NOT NULL'))
        batch_op.drop_index('ix_cases_dispatched', postgresql_where=sa.text('dispatched_at IS NOT NULL'), sqlite_where=sa.text('dispatched_at IS NOT NULL'))
        batch_op.drop_index('ix_cases_contact_due', postgresql_where=sa.text('contact_due_at IS NOT NULL'), sqlite_where=sa.text('contact_due_at IS NOT NULL'))
        batch_op.drop_index('ix_cases_closed', postgresql_where=sa.text('closed_at IS NOT NULL'), sqlite_where=sa.text('closed_at IS NOT NULL'))
        batch_op.drop_index('ix_cases_category_received')

    op.drop_table('cases')
    with op.batch_alter_table('api_tokens', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_api_tokens_account_id'))

    op.drop_table('api_tokens')
    op.drop_table('categories')
    op.drop_table('calendar_days')
    op.drop_table('accounts')
    op.drop_table('units')
    op.drop_table('settings')
    with op.batch_alter_table('petitioners', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_petitioners_phone_index'))
        batch_op.drop_index(batch_op.f('ix_petitioners_name_index'))
        batch_op.drop_index('ix_petitioners_id_index', postgresql_where=sa.text('id_index IS NOT NULL'), sqlite_where=sa.text('id_index IS NOT NULL'))

    op.drop_table('petitioners')
    op.drop_table('number_series')
    op.drop_table('limit_rows')
    op.drop_table('job_runs')
    with op.batch_alter_table('import_batches', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_import_batches_sha256'))

    op.drop_table('import_batches')
    with op.batch_alter_table('idempotency_keys', schema=None) as batch_op:
        batch_op.drop_index('ix_idempotency_keys_expires_at')

    op.drop_table('idempotency_keys')
    op.drop_table('heartbeats')
    op.drop_table('calendar_versions')
    with op.batch_alter_table('attempts', schema=None) as batch_op:
        batch_op.drop_index('ix_attempts_key_at')

    op.drop_table('attempts')
    with op.batch_alter_table('access_records', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_access_records_case_number'))
        batch_op.drop_index('ix_access_records_at')

    op.drop_table('access_records')
