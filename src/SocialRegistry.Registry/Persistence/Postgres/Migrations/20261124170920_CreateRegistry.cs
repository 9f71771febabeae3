using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Registry.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class CreateRegistry : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(name: "registry");

            migrationBuilder.CreateTable(
                name: "attestation_history",
                schema: "registry",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    field = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    value_hash = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    epoch = table.Column<int>(type: "integer", nullable: false),
                    comments = table.Column<string>(type: "text", nullable: true),
                    evidence = table.Column<string>(type: "text", nullable: true),
                    method = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    valid_until = table.Column<DateOnly>(type: "date", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_attestation_history", x => new { x.registrant_id, x.id });
                }
            );

            migrationBuilder.CreateTable(
                name: "attestations",
                schema: "registry",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    field = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    value_hash = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_attestations", x => new { x.registrant_id, x.field });
                }
            );

            migrationBuilder.CreateTable(
                name: "changes",
                schema: "registry",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    operation = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    effective_on = table.Column<DateOnly>(type: "date", nullable: false),
                    actor_kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    actor = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    request_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    epoch = table.Column<int>(type: "integer", nullable: false),
                    fields = table.Column<string>(type: "text", nullable: false),
                    previous_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_changes", x => new { x.registrant_id, x.sequence });
                }
            );

            migrationBuilder.CreateTable(
                name: "disclosures",
                schema: "registry",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    shown_to_kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    shown_to = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    purpose = table.Column<string>(type: "text", nullable: true),
                    legal_ground = table.Column<string>(type: "text", nullable: true),
                    request_id = table.Column<string>(type: "text", nullable: true),
                    fields = table.Column<string>(type: "text", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_disclosures", x => new { x.registrant_id, x.id });
                }
            );

            migrationBuilder.CreateTable(
                name: "idempotency_keys",
                schema: "registry",
                columns: table => new
                {
                    caller = table.Column<string>(type: "character varying(220)", maxLength: 220, nullable: false),
                    key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    content_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    registrant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_idempotency_keys", x => new { x.caller, x.key });
                }
            );

            migrationBuilder.CreateTable(
                name: "identifiers",
                schema: "registry",
                columns: table => new
                {
                    type = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    token = table.Column<byte[]>(type: "bytea", nullable: false),
                    registrant_id = table.Column<Guid>(type: "uuid", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identifiers", x => new { x.type, x.token });
                }
            );

            migrationBuilder.CreateTable(
                name: "memberships",
                schema: "registry",
                columns: table => new
                {
                    group_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kinds = table.Column<string>(type: "text", nullable: false),
                    is_head = table.Column<bool>(type: "boolean", nullable: false),
                    started_on = table.Column<DateOnly>(type: "date", nullable: true),
                    ended_on = table.Column<DateOnly>(type: "date", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_memberships", x => new { x.group_id, x.id });
                }
            );

            migrationBuilder.CreateTable(
                name: "outbox",
                schema: "registry",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    registrant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    operation = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_fields = table.Column<string>(type: "text", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outbox", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "record_keys",
                schema: "registry",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    class_group = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    epoch = table.Column<int>(type: "integer", nullable: false),
                    head = table.Column<byte[]>(type: "bytea", nullable: false),
                    fast_wrap = table.Column<byte[]>(type: "bytea", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_record_keys",
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
                name: "registrants",
                schema: "registry",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    values = table.Column<string>(type: "jsonb", nullable: false),
                    identifiers = table.Column<string>(type: "jsonb", nullable: false),
                    epoch = table.Column<int>(type: "integer", nullable: false),
                    hash_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    registered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    chain_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registrants", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "versions",
                schema: "registry",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    effective_on = table.Column<DateOnly>(type: "date", nullable: false),
                    epoch = table.Column<int>(type: "integer", nullable: false),
                    changed_fields = table.Column<string>(type: "text", nullable: false),
                    reverse_patch = table.Column<string>(type: "text", nullable: false),
                    snapshot = table.Column<string>(type: "text", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_versions", x => new { x.registrant_id, x.number });
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_idempotency_keys_at",
                schema: "registry",
                table: "idempotency_keys",
                column: "at"
            );

            migrationBuilder.CreateIndex(
                name: "IX_identifiers_registrant_id",
                schema: "registry",
                table: "identifiers",
                column: "registrant_id"
            );

            migrationBuilder.CreateIndex(
                name: "IX_memberships_group_id",
                schema: "registry",
                table: "memberships",
                column: "group_id",
                unique: true,
                filter: "is_head and ended_on is null"
            );

            migrationBuilder.CreateIndex(
                name: "IX_memberships_group_id_member_id",
                schema: "registry",
                table: "memberships",
                columns: new[] { "group_id", "member_id" },
                unique: true,
                filter: "ended_on is null"
            );

            migrationBuilder.CreateIndex(
                name: "IX_memberships_member_id",
                schema: "registry",
                table: "memberships",
                column: "member_id"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "attestation_history", schema: "registry");

            migrationBuilder.DropTable(name: "attestations", schema: "registry");

            migrationBuilder.DropTable(name: "changes", schema: "registry");

            migrationBuilder.DropTable(name: "disclosures", schema: "registry");

            migrationBuilder.DropTable(name: "idempotency_keys", schema: "registry");

            migrationBuilder.DropTable(name: "identifiers", schema: "registry");

            migrationBuilder.DropTable(name: "memberships", schema: "registry");

            migrationBuilder.DropTable(name: "outbox", schema: "registry");

            migrationBuilder.DropTable(name: "record_keys", schema: "registry");

            migrationBuilder.DropTable(name: "registrants", schema: "registry");

            migrationBuilder.DropTable(name: "versions", schema: "registry");
        }
    }
}
