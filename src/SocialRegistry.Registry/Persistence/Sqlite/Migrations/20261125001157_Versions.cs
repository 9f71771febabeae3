using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Registry.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Versions : Migration
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
                name: "changed_at",
                table: "registry_registrants",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L
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
                    table.PrimaryKey("PK_registry_named_version_entries", x => new { x.name, x.registrant_id });
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

            migrationBuilder.CreateIndex(
                name: "IX_registry_named_version_entries_registrant_id",
                table: "registry_named_version_entries",
                column: "registrant_id"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "registry_named_version_entries");

            migrationBuilder.DropTable(name: "registry_named_versions");

            migrationBuilder.DropColumn(name: "effective_precision", table: "registry_versions");

            migrationBuilder.DropColumn(name: "changed_at", table: "registry_registrants");
        }
    }
}
