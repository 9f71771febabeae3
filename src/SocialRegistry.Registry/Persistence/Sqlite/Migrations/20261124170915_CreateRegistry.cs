using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Registry.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class CreateRegistry : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "registry_attestation_history",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    field = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    value_hash = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    epoch = table.Column<int>(type: "INTEGER", nullable: false),
                    comments = table.Column<string>(type: "TEXT", nullable: true),
                    evidence = table.Column<string>(type: "TEXT", nullable: true),
                    method = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    valid_until = table.Column<DateOnly>(type: "TEXT", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_attestation_history", x => new { x.registrant_id, x.id });
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_attestations",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    field = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    entry_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    value_hash = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_attestations", x => new { x.registrant_id, x.field });
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_changes",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    operation = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    recorded_at = table.Column<long>(type: "INTEGER", nullable: false),
                    effective_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    actor_kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    actor = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    request_id = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    epoch = table.Column<int>(type: "INTEGER", nullable: false),
                    fields = table.Column<string>(type: "TEXT", nullable: false),
                    previous_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_changes", x => new { x.registrant_id, x.sequence });
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_disclosures",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    shown_to_kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    shown_to = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    purpose = table.Column<string>(type: "TEXT", nullable: true),
                    legal_ground = table.Column<string>(type: "TEXT", nullable: true),
                    request_id = table.Column<string>(type: "TEXT", nullable: true),
                    fields = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_disclosures", x => new { x.registrant_id, x.id });
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_idempotency_keys",
                columns: table => new
                {
                    caller = table.Column<string>(type: "TEXT", maxLength: 220, nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    content_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    registrant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_idempotency_keys", x => new { x.caller, x.key });
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_identifiers",
                columns: table => new
                {
                    type = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    token = table.Column<byte[]>(type: "BLOB", nullable: false),
                    registrant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_identifiers", x => new { x.type, x.token });
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_memberships",
                columns: table => new
                {
                    group_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    member_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kinds = table.Column<string>(type: "TEXT", nullable: false),
                    is_head = table.Column<bool>(type: "INTEGER", nullable: false),
                    started_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ended_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_memberships", x => new { x.group_id, x.id });
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_outbox",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    registrant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    operation = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    recorded_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_fields = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_outbox", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_record_keys",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    class_group = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    epoch = table.Column<int>(type: "INTEGER", nullable: false),
                    head = table.Column<byte[]>(type: "BLOB", nullable: false),
                    fast_wrap = table.Column<byte[]>(type: "BLOB", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_registry_record_keys",
                        x => new
                        {
                            x.registrant_id,
                            x.class_group,
                            x.epoch,
                        }
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_registrants",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    values = table.Column<string>(type: "TEXT", nullable: false),
                    identifiers = table.Column<string>(type: "TEXT", nullable: false),
                    epoch = table.Column<int>(type: "INTEGER", nullable: false),
                    hash_key = table.Column<byte[]>(type: "BLOB", nullable: false),
                    registered_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false),
                    chain_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_registrants", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_versions",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    recorded_at = table.Column<long>(type: "INTEGER", nullable: false),
                    effective_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    epoch = table.Column<int>(type: "INTEGER", nullable: false),
                    changed_fields = table.Column<string>(type: "TEXT", nullable: false),
                    reverse_patch = table.Column<string>(type: "TEXT", nullable: false),
                    snapshot = table.Column<string>(type: "TEXT", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_versions", x => new { x.registrant_id, x.number });
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_idempotency_keys_at",
                table: "registry_idempotency_keys",
                column: "at"
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_identifiers_registrant_id",
                table: "registry_identifiers",
                column: "registrant_id"
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_memberships_group_id",
                table: "registry_memberships",
                column: "group_id",
                unique: true,
                filter: "is_head and ended_on is null"
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_memberships_group_id_member_id",
                table: "registry_memberships",
                columns: new[] { "group_id", "member_id" },
                unique: true,
                filter: "ended_on is null"
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_memberships_member_id",
                table: "registry_memberships",
                column: "member_id"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "registry_attestation_history");

            migrationBuilder.DropTable(name: "registry_attestations");

            migrationBuilder.DropTable(name: "registry_changes");

            migrationBuilder.DropTable(name: "registry_disclosures");

            migrationBuilder.DropTable(name: "registry_idempotency_keys");

            migrationBuilder.DropTable(name: "registry_identifiers");

            migrationBuilder.DropTable(name: "registry_memberships");

            migrationBuilder.DropTable(name: "registry_outbox");

            migrationBuilder.DropTable(name: "registry_record_keys");

            migrationBuilder.DropTable(name: "registry_registrants");

            migrationBuilder.DropTable(name: "registry_versions");
        }
    }
}
