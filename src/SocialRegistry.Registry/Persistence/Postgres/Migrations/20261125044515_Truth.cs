using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Registry.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Truth : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "effective_precision",
                schema: "registry",
                table: "versions",
                type: "integer",
                nullable: false,
                defaultValue: 0
            );

            migrationBuilder.AddColumn<long>(
                name: "revision",
                schema: "registry",
                table: "relations",
                type: "bigint",
                nullable: false,
                defaultValue: 0L
            );

            migrationBuilder.AddColumn<long>(
                name: "version",
                schema: "registry",
                table: "relation_types",
                type: "bigint",
                nullable: false,
                defaultValue: 0L
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "changed_at",
                schema: "registry",
                table: "registrants",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(
                    new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified),
                    new TimeSpan(0, 0, 0, 0, 0)
                )
            );

            migrationBuilder.AddColumn<Guid>(
                name: "batch",
                schema: "registry",
                table: "disclosures",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000")
            );

            migrationBuilder.AddColumn<bool>(
                name: "break_glass",
                schema: "registry",
                table: "disclosures",
                type: "boolean",
                nullable: false,
                defaultValue: false
            );

            migrationBuilder.AddColumn<string>(
                name: "consent",
                schema: "registry",
                table: "disclosures",
                type: "text",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "institution",
                schema: "registry",
                table: "disclosures",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "content_hash",
                schema: "registry",
                table: "changes",
                type: "bytea",
                nullable: false,
                defaultValue: new byte[0]
            );

            migrationBuilder.AddColumn<string>(
                name: "decision",
                schema: "registry",
                table: "changes",
                type: "text",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "rows",
                schema: "registry",
                table: "changes",
                type: "text",
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "salt",
                schema: "registry",
                table: "changes",
                type: "bytea",
                nullable: false,
                defaultValue: new byte[0]
            );

            migrationBuilder.AddColumn<string>(
                name: "by",
                schema: "registry",
                table: "attestations",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<DateOnly>(
                name: "valid_until",
                schema: "registry",
                table: "attestations",
                type: "date",
                nullable: true
            );

            migrationBuilder.AddColumn<Guid>(
                name: "document_id",
                schema: "registry",
                table: "attestation_history",
                type: "uuid",
                nullable: true
            );

            migrationBuilder.AddColumn<long>(
                name: "sequence",
                schema: "registry",
                table: "attestation_history",
                type: "bigint",
                nullable: false,
                defaultValue: 0L
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "signature_digest",
                schema: "registry",
                table: "attestation_history",
                type: "bytea",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "signature_key",
                schema: "registry",
                table: "attestation_history",
                type: "character varying(60)",
                maxLength: 60,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "boundary_hash",
                schema: "registry",
                table: "areas",
                type: "character varying(43)",
                maxLength: 43,
                nullable: true
            );

            migrationBuilder.CreateTable(
                name: "alert_reviews",
                schema: "registry",
                columns: table => new
                {
                    alert_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    key_owner = table.Column<Guid>(type: "uuid", nullable: false),
                    note = table.Column<string>(type: "text", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_alert_reviews", x => x.alert_id);
                }
            );

            migrationBuilder.CreateTable(
                name: "alerts",
                schema: "registry",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    reader_kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    reader = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    request_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    registrant_id = table.Column<Guid>(type: "uuid", nullable: true),
                    registrant_kind = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: true
                    ),
                    epoch = table.Column<int>(type: "integer", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    fields = table.Column<string>(type: "text", nullable: true),
                    records = table.Column<int>(type: "integer", nullable: true),
                    window_start = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_alerts", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "change_request_events",
                schema: "registry",
                columns: table => new
                {
                    request_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "character varying(220)", maxLength: 220, nullable: false),
                    action = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    stage = table.Column<int>(type: "integer", nullable: false),
                    code = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    comment = table.Column<byte[]>(type: "bytea", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_change_request_events",
                        x => new
                        {
                            x.request_id,
                            x.version,
                            x.number,
                        }
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "change_request_parties",
                schema: "registry",
                columns: table => new
                {
                    request_id = table.Column<Guid>(type: "uuid", nullable: false),
                    registrant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    is_group = table.Column<bool>(type: "boolean", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_change_request_parties", x => new { x.request_id, x.registrant_id });
                }
            );

            migrationBuilder.CreateTable(
                name: "change_requests",
                schema: "registry",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    type = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: true),
                    subject_kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    epoch = table.Column<int>(type: "integer", nullable: false),
                    class_group = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    fields = table.Column<string>(type: "text", nullable: false),
                    made_by_kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    made_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    scope = table.Column<string>(type: "text", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    submitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    effective_on = table.Column<DateOnly>(type: "date", nullable: true),
                    stages = table.Column<int>(type: "integer", nullable: false),
                    stage = table.Column<int>(type: "integer", nullable: false),
                    claimed_by = table.Column<string>(type: "character varying(220)", maxLength: 220, nullable: true),
                    claimed_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    approved_by = table.Column<string>(type: "text", nullable: false),
                    @base = table.Column<string>(name: "base", type: "text", nullable: false),
                    open_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    warnings = table.Column<string>(type: "text", nullable: false),
                    failure = table.Column<string>(type: "text", nullable: true),
                    result_id = table.Column<Guid>(type: "uuid", nullable: true),
                    documents = table.Column<string>(type: "text", nullable: false),
                    parties = table.Column<string>(type: "text", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_change_requests", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "consent_grants",
                schema: "registry",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    consent_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    recipient = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    purpose = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    fields = table.Column<string>(type: "text", nullable: false),
                    valid_from = table.Column<long>(type: "bigint", nullable: false),
                    valid_until = table.Column<long>(type: "bigint", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_consent_grants",
                        x => new
                        {
                            x.registrant_id,
                            x.consent_id,
                            x.number,
                        }
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "consents",
                schema: "registry",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    controller = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    terms = table.Column<string>(type: "text", nullable: false),
                    epoch = table.Column<int>(type: "integer", nullable: false),
                    events = table.Column<string>(type: "text", nullable: false),
                    valid_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_consents", x => new { x.registrant_id, x.id });
                }
            );

            migrationBuilder.CreateTable(
                name: "disclosure_batches",
                schema: "registry",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    rows = table.Column<byte[]>(type: "bytea", nullable: false),
                    pruned_by = table.Column<long>(type: "bigint", nullable: true),
                    kept_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    kept_count = table.Column<int>(type: "integer", nullable: true),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_disclosure_batches", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "disclosure_counts",
                schema: "registry",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    month = table.Column<DateOnly>(type: "date", nullable: false),
                    shown_to_kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    shown_to = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    institution = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    purpose = table.Column<string>(type: "text", nullable: true),
                    break_glass = table.Column<bool>(type: "boolean", nullable: false),
                    count = table.Column<long>(type: "bigint", nullable: false),
                    pruning = table.Column<long>(type: "bigint", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_disclosure_counts", x => new { x.registrant_id, x.id });
                }
            );

            migrationBuilder.CreateTable(
                name: "disclosure_prunings",
                schema: "registry",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    before = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    showings = table.Column<long>(type: "bigint", nullable: false),
                    batches = table.Column<byte[]>(type: "bytea", nullable: false),
                    counts = table.Column<byte[]>(type: "bytea", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_disclosure_prunings", x => x.number);
                }
            );

            migrationBuilder.CreateTable(
                name: "erasures",
                schema: "registry",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    ground = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    requested_by = table.Column<string>(
                        type: "character varying(200)",
                        maxLength: 200,
                        nullable: false
                    ),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_erasures", x => x.registrant_id);
                }
            );

            migrationBuilder.CreateTable(
                name: "log_checkpoints",
                schema: "registry",
                columns: table => new
                {
                    size = table.Column<long>(type: "bigint", nullable: false),
                    root = table.Column<byte[]>(type: "bytea", nullable: false),
                    note = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_log_checkpoints", x => x.size);
                }
            );

            migrationBuilder.CreateTable(
                name: "log_leaves",
                schema: "registry",
                columns: table => new
                {
                    index = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    owner = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_log_leaves", x => x.index);
                }
            );

            migrationBuilder.CreateTable(
                name: "log_nodes",
                schema: "registry",
                columns: table => new
                {
                    level = table.Column<int>(type: "integer", nullable: false),
                    index = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_log_nodes", x => new { x.level, x.index });
                }
            );

            migrationBuilder.CreateTable(
                name: "log_queue",
                schema: "registry",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false),
                    owner = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_log_queue",
                        x => new
                        {
                            x.number,
                            x.owner,
                            x.kind,
                        }
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "log_state",
                schema: "registry",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    edge = table.Column<byte[]>(type: "bytea", nullable: false),
                    origin = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_log_state", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "named_version_entries",
                schema: "registry",
                columns: table => new
                {
                    name = table.Column<string>(
                        type: "character varying(60)",
                        maxLength: 60,
                        nullable: false,
                        collation: "C"
                    ),
                    registrant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    joined_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    joined_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_named_version_entries", x => new { x.registrant_id, x.name });
                }
            );

            migrationBuilder.CreateTable(
                name: "named_versions",
                schema: "registry",
                columns: table => new
                {
                    name = table.Column<string>(
                        type: "character varying(60)",
                        maxLength: 60,
                        nullable: false,
                        collation: "C"
                    ),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    source = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    period_from = table.Column<DateOnly>(type: "date", nullable: true),
                    period_to = table.Column<DateOnly>(type: "date", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_by_kind = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: false
                    ),
                    created_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_named_versions", x => x.name);
                }
            );

            migrationBuilder.CreateTable(
                name: "relation_type_history",
                schema: "registry",
                columns: table => new
                {
                    code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor_kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    actor = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    request_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    operation = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    state = table.Column<string>(type: "jsonb", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_relation_type_history", x => new { x.code, x.version });
                }
            );

            migrationBuilder.InsertData(
                schema: "registry",
                table: "log_state",
                columns: new[] { "id", "edge", "origin", "size" },
                values: new object[] { 1, new byte[0], "", 0L }
            );

            migrationBuilder.CreateIndex(
                name: "IX_disclosures_at",
                schema: "registry",
                table: "disclosures",
                column: "at"
            );

            migrationBuilder.CreateIndex(
                name: "IX_disclosures_batch",
                schema: "registry",
                table: "disclosures",
                column: "batch"
            );

            migrationBuilder.CreateIndex(
                name: "IX_attestations_valid_until",
                schema: "registry",
                table: "attestations",
                column: "valid_until"
            );

            migrationBuilder.CreateIndex(
                name: "IX_alerts_reader_kind_reader_kind_number",
                schema: "registry",
                table: "alerts",
                columns: new[] { "reader", "kind", "reader_kind", "number" },
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_change_request_parties_registrant_id",
                schema: "registry",
                table: "change_request_parties",
                column: "registrant_id"
            );

            migrationBuilder.CreateIndex(
                name: "IX_change_requests_made_by_id",
                schema: "registry",
                table: "change_requests",
                columns: new[] { "made_by", "id" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_change_requests_open_hash",
                schema: "registry",
                table: "change_requests",
                column: "open_hash",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_change_requests_state_id",
                schema: "registry",
                table: "change_requests",
                columns: new[] { "state", "id" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_consent_grants_registrant_id_recipient_purpose",
                schema: "registry",
                table: "consent_grants",
                columns: new[] { "registrant_id", "recipient", "purpose" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_disclosure_batches_pruned_by_id",
                schema: "registry",
                table: "disclosure_batches",
                columns: new[] { "pruned_by", "id" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_disclosure_counts_id",
                schema: "registry",
                table: "disclosure_counts",
                column: "id"
            );

            migrationBuilder.CreateIndex(
                name: "IX_disclosure_counts_pruning",
                schema: "registry",
                table: "disclosure_counts",
                column: "pruning"
            );

            migrationBuilder.CreateIndex(
                name: "IX_log_leaves_kind_owner_number",
                schema: "registry",
                table: "log_leaves",
                columns: new[] { "kind", "owner", "number" },
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_named_version_entries_name_registrant_id",
                schema: "registry",
                table: "named_version_entries",
                columns: new[] { "name", "registrant_id" }
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "alert_reviews", schema: "registry");

            migrationBuilder.DropTable(name: "alerts", schema: "registry");

            migrationBuilder.DropTable(name: "change_request_events", schema: "registry");

            migrationBuilder.DropTable(name: "change_request_parties", schema: "registry");

            migrationBuilder.DropTable(name: "change_requests", schema: "registry");

            migrationBuilder.DropTable(name: "consent_grants", schema: "registry");

            migrationBuilder.DropTable(name: "consents", schema: "registry");

            migrationBuilder.DropTable(name: "disclosure_batches", schema: "registry");

            migrationBuilder.DropTable(name: "disclosure_counts", schema: "registry");

            migrationBuilder.DropTable(name: "disclosure_prunings", schema: "registry");

            migrationBuilder.DropTable(name: "erasures", schema: "registry");

            migrationBuilder.DropTable(name: "log_checkpoints", schema: "registry");

            migrationBuilder.DropTable(name: "log_leaves", schema: "registry");

            migrationBuilder.DropTable(name: "log_nodes", schema: "registry");

            migrationBuilder.DropTable(name: "log_queue", schema: "registry");

            migrationBuilder.DropTable(name: "log_state", schema: "registry");

            migrationBuilder.DropTable(name: "named_version_entries", schema: "registry");

            migrationBuilder.DropTable(name: "named_versions", schema: "registry");

            migrationBuilder.DropTable(name: "relation_type_history", schema: "registry");

            migrationBuilder.DropIndex(name: "IX_disclosures_at", schema: "registry", table: "disclosures");

            migrationBuilder.DropIndex(name: "IX_disclosures_batch", schema: "registry", table: "disclosures");

            migrationBuilder.DropIndex(name: "IX_attestations_valid_until", schema: "registry", table: "attestations");

            migrationBuilder.DropColumn(name: "effective_precision", schema: "registry", table: "versions");

            migrationBuilder.DropColumn(name: "revision", schema: "registry", table: "relations");

            migrationBuilder.DropColumn(name: "version", schema: "registry", table: "relation_types");

            migrationBuilder.DropColumn(name: "changed_at", schema: "registry", table: "registrants");

            migrationBuilder.DropColumn(name: "batch", schema: "registry", table: "disclosures");

            migrationBuilder.DropColumn(name: "break_glass", schema: "registry", table: "disclosures");

            migrationBuilder.DropColumn(name: "consent", schema: "registry", table: "disclosures");

            migrationBuilder.DropColumn(name: "institution", schema: "registry", table: "disclosures");

            migrationBuilder.DropColumn(name: "content_hash", schema: "registry", table: "changes");

            migrationBuilder.DropColumn(name: "decision", schema: "registry", table: "changes");

            migrationBuilder.DropColumn(name: "rows", schema: "registry", table: "changes");

            migrationBuilder.DropColumn(name: "salt", schema: "registry", table: "changes");

            migrationBuilder.DropColumn(name: "by", schema: "registry", table: "attestations");

            migrationBuilder.DropColumn(name: "valid_until", schema: "registry", table: "attestations");

            migrationBuilder.DropColumn(name: "document_id", schema: "registry", table: "attestation_history");

            migrationBuilder.DropColumn(name: "sequence", schema: "registry", table: "attestation_history");

            migrationBuilder.DropColumn(name: "signature_digest", schema: "registry", table: "attestation_history");

            migrationBuilder.DropColumn(name: "signature_key", schema: "registry", table: "attestation_history");

            migrationBuilder.DropColumn(name: "boundary_hash", schema: "registry", table: "areas");
        }
    }
}
