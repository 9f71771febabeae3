using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Registry.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Truth : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "effective_precision",
                table: "registry_versions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0
            );

            migrationBuilder.AddColumn<long>(
                name: "revision",
                table: "registry_relations",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L
            );

            migrationBuilder.AddColumn<long>(
                name: "version",
                table: "registry_relation_types",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L
            );

            migrationBuilder.AddColumn<long>(
                name: "changed_at",
                table: "registry_registrants",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L
            );

            migrationBuilder.AddColumn<Guid>(
                name: "batch",
                table: "registry_disclosures",
                type: "TEXT",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000")
            );

            migrationBuilder.AddColumn<bool>(
                name: "break_glass",
                table: "registry_disclosures",
                type: "INTEGER",
                nullable: false,
                defaultValue: false
            );

            migrationBuilder.AddColumn<string>(
                name: "consent",
                table: "registry_disclosures",
                type: "TEXT",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "institution",
                table: "registry_disclosures",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "content_hash",
                table: "registry_changes",
                type: "BLOB",
                nullable: false,
                defaultValue: new byte[0]
            );

            migrationBuilder.AddColumn<string>(
                name: "decision",
                table: "registry_changes",
                type: "TEXT",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "rows",
                table: "registry_changes",
                type: "TEXT",
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "salt",
                table: "registry_changes",
                type: "BLOB",
                nullable: false,
                defaultValue: new byte[0]
            );

            migrationBuilder.AddColumn<string>(
                name: "by",
                table: "registry_attestations",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<DateOnly>(
                name: "valid_until",
                table: "registry_attestations",
                type: "TEXT",
                nullable: true
            );

            migrationBuilder.AddColumn<Guid>(
                name: "document_id",
                table: "registry_attestation_history",
                type: "TEXT",
                nullable: true
            );

            migrationBuilder.AddColumn<long>(
                name: "sequence",
                table: "registry_attestation_history",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "signature_digest",
                table: "registry_attestation_history",
                type: "BLOB",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "signature_key",
                table: "registry_attestation_history",
                type: "TEXT",
                maxLength: 60,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "boundary_hash",
                table: "registry_areas",
                type: "TEXT",
                maxLength: 43,
                nullable: true
            );

            migrationBuilder.CreateTable(
                name: "registry_alert_reviews",
                columns: table => new
                {
                    alert_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    key_owner = table.Column<Guid>(type: "TEXT", nullable: false),
                    note = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_alert_reviews", x => x.alert_id);
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_alerts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    reader_kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    reader = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    registrant_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    registrant_kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    epoch = table.Column<int>(type: "INTEGER", nullable: true),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    fields = table.Column<string>(type: "TEXT", nullable: true),
                    records = table.Column<int>(type: "INTEGER", nullable: true),
                    window_start = table.Column<long>(type: "INTEGER", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_alerts", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_change_request_events",
                columns: table => new
                {
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    by = table.Column<string>(type: "TEXT", maxLength: 220, nullable: false),
                    action = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    stage = table.Column<int>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    comment = table.Column<byte[]>(type: "BLOB", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_registry_change_request_events",
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
                name: "registry_change_request_parties",
                columns: table => new
                {
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    registrant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    is_group = table.Column<bool>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_change_request_parties", x => new { x.request_id, x.registrant_id });
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_change_requests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    type = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    subject_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    subject_kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    epoch = table.Column<int>(type: "INTEGER", nullable: false),
                    class_group = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    content = table.Column<byte[]>(type: "BLOB", nullable: false),
                    fields = table.Column<string>(type: "TEXT", nullable: false),
                    made_by_kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    made_by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    scope = table.Column<string>(type: "TEXT", nullable: false),
                    made_at = table.Column<long>(type: "INTEGER", nullable: false),
                    submitted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    due_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    effective_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    stages = table.Column<int>(type: "INTEGER", nullable: false),
                    stage = table.Column<int>(type: "INTEGER", nullable: false),
                    claimed_by = table.Column<string>(type: "TEXT", maxLength: 220, nullable: true),
                    claimed_until = table.Column<long>(type: "INTEGER", nullable: true),
                    approved_by = table.Column<string>(type: "TEXT", nullable: false),
                    @base = table.Column<string>(name: "base", type: "TEXT", nullable: false),
                    open_hash = table.Column<byte[]>(type: "BLOB", nullable: true),
                    warnings = table.Column<string>(type: "TEXT", nullable: false),
                    failure = table.Column<string>(type: "TEXT", nullable: true),
                    result_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    documents = table.Column<string>(type: "TEXT", nullable: false),
                    parties = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_change_requests", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_consent_grants",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    consent_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    recipient = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    purpose = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    fields = table.Column<string>(type: "TEXT", nullable: false),
                    valid_from = table.Column<long>(type: "INTEGER", nullable: false),
                    valid_until = table.Column<long>(type: "INTEGER", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_registry_consent_grants",
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
                name: "registry_consents",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    controller = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    terms = table.Column<string>(type: "TEXT", nullable: false),
                    epoch = table.Column<int>(type: "INTEGER", nullable: false),
                    events = table.Column<string>(type: "TEXT", nullable: false),
                    valid_until = table.Column<long>(type: "INTEGER", nullable: true),
                    withdrawn_at = table.Column<long>(type: "INTEGER", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_consents", x => new { x.registrant_id, x.id });
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_disclosure_batches",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    rows = table.Column<byte[]>(type: "BLOB", nullable: false),
                    pruned_by = table.Column<long>(type: "INTEGER", nullable: true),
                    kept_hash = table.Column<byte[]>(type: "BLOB", nullable: true),
                    kept_count = table.Column<int>(type: "INTEGER", nullable: true),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_disclosure_batches", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_disclosure_counts",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    month = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    shown_to_kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    shown_to = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    institution = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    purpose = table.Column<string>(type: "TEXT", nullable: true),
                    break_glass = table.Column<bool>(type: "INTEGER", nullable: false),
                    count = table.Column<long>(type: "INTEGER", nullable: false),
                    pruning = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_disclosure_counts", x => new { x.registrant_id, x.id });
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_disclosure_prunings",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    before = table.Column<long>(type: "INTEGER", nullable: false),
                    showings = table.Column<long>(type: "INTEGER", nullable: false),
                    batches = table.Column<byte[]>(type: "BLOB", nullable: false),
                    counts = table.Column<byte[]>(type: "BLOB", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_disclosure_prunings", x => x.number);
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_erasures",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    ground = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    requested_at = table.Column<long>(type: "INTEGER", nullable: false),
                    requested_by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    ended_by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_erasures", x => x.registrant_id);
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_log_checkpoints",
                columns: table => new
                {
                    size = table.Column<long>(type: "INTEGER", nullable: false),
                    root = table.Column<byte[]>(type: "BLOB", nullable: false),
                    note = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_log_checkpoints", x => x.size);
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_log_leaves",
                columns: table => new
                {
                    index = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    owner = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_log_leaves", x => x.index);
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_log_nodes",
                columns: table => new
                {
                    level = table.Column<int>(type: "INTEGER", nullable: false),
                    index = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_log_nodes", x => new { x.level, x.index });
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_log_queue",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    owner = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_registry_log_queue",
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
                name: "registry_log_state",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    size = table.Column<long>(type: "INTEGER", nullable: false),
                    edge = table.Column<byte[]>(type: "BLOB", nullable: false),
                    origin = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_log_state", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_named_version_entries",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    registrant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    joined_at = table.Column<long>(type: "INTEGER", nullable: false),
                    joined_by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_named_version_entries", x => new { x.registrant_id, x.name });
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_named_versions",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    period_from = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    period_to = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    created_by_kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    created_by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    closed_by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_named_versions", x => x.name);
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_relation_type_history",
                columns: table => new
                {
                    code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    actor_kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    actor = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    request_id = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    operation = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_relation_type_history", x => new { x.code, x.version });
                }
            );

            migrationBuilder.InsertData(
                table: "registry_log_state",
                columns: new[] { "id", "edge", "origin", "size" },
                values: new object[] { 1, new byte[0], "", 0L }
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_disclosures_at",
                table: "registry_disclosures",
                column: "at"
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_disclosures_batch",
                table: "registry_disclosures",
                column: "batch"
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_attestations_valid_until",
                table: "registry_attestations",
                column: "valid_until"
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_alerts_reader_kind_reader_kind_number",
                table: "registry_alerts",
                columns: new[] { "reader", "kind", "reader_kind", "number" },
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_change_request_parties_registrant_id",
                table: "registry_change_request_parties",
                column: "registrant_id"
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_change_requests_made_by_id",
                table: "registry_change_requests",
                columns: new[] { "made_by", "id" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_change_requests_open_hash",
                table: "registry_change_requests",
                column: "open_hash",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_change_requests_state_id",
                table: "registry_change_requests",
                columns: new[] { "state", "id" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_consent_grants_registrant_id_recipient_purpose",
                table: "registry_consent_grants",
                columns: new[] { "registrant_id", "recipient", "purpose" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_disclosure_batches_pruned_by_id",
                table: "registry_disclosure_batches",
                columns: new[] { "pruned_by", "id" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_disclosure_counts_id",
                table: "registry_disclosure_counts",
                column: "id"
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_disclosure_counts_pruning",
                table: "registry_disclosure_counts",
                column: "pruning"
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_log_leaves_kind_owner_number",
                table: "registry_log_leaves",
                columns: new[] { "kind", "owner", "number" },
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_named_version_entries_name_registrant_id",
                table: "registry_named_version_entries",
                columns: new[] { "name", "registrant_id" }
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "registry_alert_reviews");

            migrationBuilder.DropTable(name: "registry_alerts");

            migrationBuilder.DropTable(name: "registry_change_request_events");

            migrationBuilder.DropTable(name: "registry_change_request_parties");

            migrationBuilder.DropTable(name: "registry_change_requests");

            migrationBuilder.DropTable(name: "registry_consent_grants");

            migrationBuilder.DropTable(name: "registry_consents");

            migrationBuilder.DropTable(name: "registry_disclosure_batches");

            migrationBuilder.DropTable(name: "registry_disclosure_counts");

            migrationBuilder.DropTable(name: "registry_disclosure_prunings");

            migrationBuilder.DropTable(name: "registry_erasures");

            migrationBuilder.DropTable(name: "registry_log_checkpoints");

            migrationBuilder.DropTable(name: "registry_log_leaves");

            migrationBuilder.DropTable(name: "registry_log_nodes");

            migrationBuilder.DropTable(name: "registry_log_queue");

            migrationBuilder.DropTable(name: "registry_log_state");

            migrationBuilder.DropTable(name: "registry_named_version_entries");

            migrationBuilder.DropTable(name: "registry_named_versions");

            migrationBuilder.DropTable(name: "registry_relation_type_history");

            migrationBuilder.DropIndex(name: "IX_registry_disclosures_at", table: "registry_disclosures");

            migrationBuilder.DropIndex(name: "IX_registry_disclosures_batch", table: "registry_disclosures");

            migrationBuilder.DropIndex(name: "IX_registry_attestations_valid_until", table: "registry_attestations");

            migrationBuilder.DropColumn(name: "effective_precision", table: "registry_versions");

            migrationBuilder.DropColumn(name: "revision", table: "registry_relations");

            migrationBuilder.DropColumn(name: "version", table: "registry_relation_types");

            migrationBuilder.DropColumn(name: "changed_at", table: "registry_registrants");

            migrationBuilder.DropColumn(name: "batch", table: "registry_disclosures");

            migrationBuilder.DropColumn(name: "break_glass", table: "registry_disclosures");

            migrationBuilder.DropColumn(name: "consent", table: "registry_disclosures");

            migrationBuilder.DropColumn(name: "institution", table: "registry_disclosures");

            migrationBuilder.DropColumn(name: "content_hash", table: "registry_changes");

            migrationBuilder.DropColumn(name: "decision", table: "registry_changes");

            migrationBuilder.DropColumn(name: "rows", table: "registry_changes");

            migrationBuilder.DropColumn(name: "salt", table: "registry_changes");

            migrationBuilder.DropColumn(name: "by", table: "registry_attestations");

            migrationBuilder.DropColumn(name: "valid_until", table: "registry_attestations");

            migrationBuilder.DropColumn(name: "document_id", table: "registry_attestation_history");

            migrationBuilder.DropColumn(name: "sequence", table: "registry_attestation_history");

            migrationBuilder.DropColumn(name: "signature_digest", table: "registry_attestation_history");

            migrationBuilder.DropColumn(name: "signature_key", table: "registry_attestation_history");

            migrationBuilder.DropColumn(name: "boundary_hash", table: "registry_areas");
        }
    }
}
