using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Registry.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Records : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "status_on",
                schema: "registry",
                table: "registrants",
                type: "date",
                nullable: true
            );

            migrationBuilder.CreateTable(
                name: "area_boundaries",
                schema: "registry",
                columns: table => new
                {
                    code = table.Column<string>(
                        type: "character varying(40)",
                        maxLength: 40,
                        nullable: false,
                        collation: "C"
                    ),
                    geo_json = table.Column<string>(type: "text", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_area_boundaries", x => x.code);
                }
            );

            migrationBuilder.CreateTable(
                name: "area_history",
                schema: "registry",
                columns: table => new
                {
                    code = table.Column<string>(
                        type: "character varying(40)",
                        maxLength: 40,
                        nullable: false,
                        collation: "C"
                    ),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor_kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    actor = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    request_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    operation = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_area_history", x => new { x.code, x.version });
                }
            );

            migrationBuilder.CreateTable(
                name: "area_levels",
                schema: "registry",
                columns: table => new
                {
                    number = table.Column<int>(type: "integer", nullable: false),
                    names = table.Column<string>(type: "text", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_area_levels", x => x.number);
                }
            );

            migrationBuilder.CreateTable(
                name: "area_tree",
                schema: "registry",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_area_tree", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "areas",
                schema: "registry",
                columns: table => new
                {
                    code = table.Column<string>(
                        type: "character varying(40)",
                        maxLength: 40,
                        nullable: false,
                        collation: "C"
                    ),
                    code_key = table.Column<string>(
                        type: "character varying(40)",
                        maxLength: 40,
                        nullable: false,
                        collation: "C"
                    ),
                    parent_code = table.Column<string>(
                        type: "character varying(40)",
                        maxLength: 40,
                        nullable: true,
                        collation: "C"
                    ),
                    path = table.Column<string>(
                        type: "character varying(492)",
                        maxLength: 492,
                        nullable: false,
                        collation: "C"
                    ),
                    level = table.Column<int>(type: "integer", nullable: false),
                    names = table.Column<string>(type: "text", nullable: false),
                    search_text = table.Column<string>(type: "text", nullable: false),
                    latitude = table.Column<double>(type: "double precision", nullable: true),
                    longitude = table.Column<double>(type: "double precision", nullable: true),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: true),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: true),
                    replaced_by = table.Column<string>(
                        type: "character varying(40)",
                        maxLength: 40,
                        nullable: true,
                        collation: "C"
                    ),
                    has_boundary = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_areas", x => x.code);
                }
            );

            migrationBuilder.InsertData(
                schema: "registry",
                table: "area_tree",
                columns: new[] { "id", "revision" },
                values: new object[] { 1, 0L }
            );

            migrationBuilder.CreateIndex(
                name: "IX_areas_code_key",
                schema: "registry",
                table: "areas",
                column: "code_key",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_areas_level_code",
                schema: "registry",
                table: "areas",
                columns: new[] { "level", "code" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_areas_parent_code_code",
                schema: "registry",
                table: "areas",
                columns: new[] { "parent_code", "code" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_areas_path",
                schema: "registry",
                table: "areas",
                column: "path",
                unique: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "area_boundaries", schema: "registry");

            migrationBuilder.DropTable(name: "area_history", schema: "registry");

            migrationBuilder.DropTable(name: "area_levels", schema: "registry");

            migrationBuilder.DropTable(name: "area_tree", schema: "registry");

            migrationBuilder.DropTable(name: "areas", schema: "registry");

            migrationBuilder.DropColumn(name: "status_on", schema: "registry", table: "registrants");
        }
    }
}
