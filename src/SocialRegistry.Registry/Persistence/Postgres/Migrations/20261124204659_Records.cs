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
            migrationBuilder.CreateTable(
                name: "parents",
                schema: "registry",
                columns: table => new
                {
                    child_id = table.Column<Guid>(type: "uuid", nullable: false),
                    parent1_id = table.Column<Guid>(type: "uuid", nullable: true),
                    parent2_id = table.Column<Guid>(type: "uuid", nullable: true),
                    is_adopted = table.Column<bool>(type: "boolean", nullable: false),
                    guardian_id = table.Column<Guid>(type: "uuid", nullable: true),
                    since = table.Column<DateOnly>(type: "date", nullable: true),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_parents", x => x.child_id);
                }
            );

            migrationBuilder.CreateTable(
                name: "relation_types",
                schema: "registry",
                columns: table => new
                {
                    code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    inverse = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    description = table.Column<string>(type: "jsonb", nullable: false),
                    is_retired = table.Column<bool>(type: "boolean", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_relation_types", x => x.code);
                }
            );

            migrationBuilder.CreateTable(
                name: "relations",
                schema: "registry",
                columns: table => new
                {
                    from_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    to_id = table.Column<Guid>(type: "uuid", nullable: false),
                    started_on = table.Column<DateOnly>(type: "date", nullable: true),
                    ended_on = table.Column<DateOnly>(type: "date", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_relations", x => new { x.from_id, x.id });
                }
            );

            migrationBuilder.CreateTable(
                name: "search_texts",
                schema: "registry",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    field = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    head = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    folded = table.Column<string>(type: "text", nullable: false, collation: "C"),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_search_texts",
                        x => new
                        {
                            x.registrant_id,
                            x.field,
                            x.position,
                        }
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "search_tokens",
                schema: "registry",
                columns: table => new
                {
                    field = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    token = table.Column<byte[]>(type: "bytea", nullable: false),
                    registrant_id = table.Column<Guid>(type: "uuid", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_search_tokens",
                        x => new
                        {
                            x.field,
                            x.token,
                            x.registrant_id,
                        }
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "spouses",
                schema: "registry",
                columns: table => new
                {
                    person1_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person2_id = table.Column<Guid>(type: "uuid", nullable: false),
                    is_swapped = table.Column<bool>(type: "boolean", nullable: false),
                    is_married = table.Column<bool>(type: "boolean", nullable: false),
                    married_on = table.Column<DateOnly>(type: "date", nullable: true),
                    is_separated = table.Column<bool>(type: "boolean", nullable: false),
                    separated_on = table.Column<DateOnly>(type: "date", nullable: true),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_spouses", x => new { x.person1_id, x.id });
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_parents_guardian_id",
                schema: "registry",
                table: "parents",
                column: "guardian_id"
            );

            migrationBuilder.CreateIndex(
                name: "IX_parents_parent1_id",
                schema: "registry",
                table: "parents",
                column: "parent1_id"
            );

            migrationBuilder.CreateIndex(
                name: "IX_parents_parent2_id",
                schema: "registry",
                table: "parents",
                column: "parent2_id"
            );

            migrationBuilder.CreateIndex(
                name: "IX_relation_types_inverse",
                schema: "registry",
                table: "relation_types",
                column: "inverse",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_relations_from_id_to_id_type",
                schema: "registry",
                table: "relations",
                columns: new[] { "from_id", "to_id", "type" },
                unique: true,
                filter: "ended_on is null"
            );

            migrationBuilder.CreateIndex(
                name: "IX_relations_id",
                schema: "registry",
                table: "relations",
                column: "id",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_relations_to_id",
                schema: "registry",
                table: "relations",
                column: "to_id"
            );

            migrationBuilder.CreateIndex(
                name: "IX_relations_type",
                schema: "registry",
                table: "relations",
                column: "type"
            );

            migrationBuilder.CreateIndex(
                name: "IX_search_texts_field_head",
                schema: "registry",
                table: "search_texts",
                columns: new[] { "field", "head" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_search_tokens_registrant_id",
                schema: "registry",
                table: "search_tokens",
                column: "registrant_id"
            );

            migrationBuilder.CreateIndex(
                name: "IX_spouses_id",
                schema: "registry",
                table: "spouses",
                column: "id",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_spouses_person1_id_person2_id",
                schema: "registry",
                table: "spouses",
                columns: new[] { "person1_id", "person2_id" },
                unique: true,
                filter: "not is_separated"
            );

            migrationBuilder.CreateIndex(
                name: "IX_spouses_person2_id",
                schema: "registry",
                table: "spouses",
                column: "person2_id"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "parents", schema: "registry");

            migrationBuilder.DropTable(name: "relation_types", schema: "registry");

            migrationBuilder.DropTable(name: "relations", schema: "registry");

            migrationBuilder.DropTable(name: "search_texts", schema: "registry");

            migrationBuilder.DropTable(name: "search_tokens", schema: "registry");

            migrationBuilder.DropTable(name: "spouses", schema: "registry");
        }
    }
}
