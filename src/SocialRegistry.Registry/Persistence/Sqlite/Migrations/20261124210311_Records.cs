using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Registry.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Records : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "status_on",
                table: "registry_registrants",
                type: "TEXT",
                nullable: true
            );

            migrationBuilder.CreateTable(
                name: "registry_area_boundaries",
                columns: table => new
                {
                    code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    geo_json = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_area_boundaries", x => x.code);
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_area_history",
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
                    table.PrimaryKey("PK_registry_area_history", x => new { x.code, x.version });
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_area_levels",
                columns: table => new
                {
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    names = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_area_levels", x => x.number);
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_area_tree",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_area_tree", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_areas",
                columns: table => new
                {
                    code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    code_key = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    parent_code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    path = table.Column<string>(type: "TEXT", maxLength: 492, nullable: false),
                    level = table.Column<int>(type: "INTEGER", nullable: false),
                    names = table.Column<string>(type: "TEXT", nullable: false),
                    search_text = table.Column<string>(type: "TEXT", nullable: false),
                    latitude = table.Column<double>(type: "REAL", nullable: true),
                    longitude = table.Column<double>(type: "REAL", nullable: true),
                    valid_from = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    valid_to = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    replaced_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    has_boundary = table.Column<bool>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_areas", x => x.code);
                }
            );

            migrationBuilder.InsertData(
                table: "registry_area_tree",
                columns: new[] { "id", "revision" },
                values: new object[] { 1, 0L }
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_areas_code_key",
                table: "registry_areas",
                column: "code_key",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_areas_level_code",
                table: "registry_areas",
                columns: new[] { "level", "code" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_areas_parent_code_code",
                table: "registry_areas",
                columns: new[] { "parent_code", "code" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_areas_path",
                table: "registry_areas",
                column: "path",
                unique: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "registry_area_boundaries");

            migrationBuilder.DropTable(name: "registry_area_history");

            migrationBuilder.DropTable(name: "registry_area_levels");

            migrationBuilder.DropTable(name: "registry_area_tree");

            migrationBuilder.DropTable(name: "registry_areas");

            migrationBuilder.DropColumn(name: "status_on", table: "registry_registrants");
        }
    }
}
