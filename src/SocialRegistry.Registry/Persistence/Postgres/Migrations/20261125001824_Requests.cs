using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Registry.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Requests : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "decision",
                schema: "registry",
                table: "changes",
                type: "text",
                nullable: true
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
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_change_requests", x => x.id);
                }
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "change_request_events", schema: "registry");

            migrationBuilder.DropTable(name: "change_request_parties", schema: "registry");

            migrationBuilder.DropTable(name: "change_requests", schema: "registry");

            migrationBuilder.DropColumn(name: "decision", schema: "registry", table: "changes");
        }
    }
}
