using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Registry.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Requests : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "decision",
                table: "registry_changes",
                type: "TEXT",
                nullable: true
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
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_change_requests", x => x.id);
                }
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "registry_change_request_events");

            migrationBuilder.DropTable(name: "registry_change_request_parties");

            migrationBuilder.DropTable(name: "registry_change_requests");

            migrationBuilder.DropColumn(name: "decision", table: "registry_changes");
        }
    }
}
