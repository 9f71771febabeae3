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
            migrationBuilder.CreateTable(
                name: "registry_parents",
                columns: table => new
                {
                    child_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    parent1_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    parent2_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    is_adopted = table.Column<bool>(type: "INTEGER", nullable: false),
                    guardian_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    since = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    recorded_at = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_parents", x => x.child_id);
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_relation_types",
                columns: table => new
                {
                    code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    inverse = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    description = table.Column<string>(type: "TEXT", nullable: false),
                    is_retired = table.Column<bool>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_relation_types", x => x.code);
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_relations",
                columns: table => new
                {
                    from_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    type = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    to_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    started_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ended_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    recorded_at = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_relations", x => new { x.from_id, x.id });
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_search_texts",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    field = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    head = table.Column<string>(type: "TEXT", nullable: false),
                    folded = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_registry_search_texts",
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
                name: "registry_search_tokens",
                columns: table => new
                {
                    field = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    token = table.Column<byte[]>(type: "BLOB", nullable: false),
                    registrant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_registry_search_tokens",
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
                name: "registry_spouses",
                columns: table => new
                {
                    person1_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person2_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    is_swapped = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_married = table.Column<bool>(type: "INTEGER", nullable: false),
                    married_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    is_separated = table.Column<bool>(type: "INTEGER", nullable: false),
                    separated_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    recorded_at = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_spouses", x => new { x.person1_id, x.id });
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_parents_guardian_id",
                table: "registry_parents",
                column: "guardian_id"
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_parents_parent1_id",
                table: "registry_parents",
                column: "parent1_id"
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_parents_parent2_id",
                table: "registry_parents",
                column: "parent2_id"
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_relation_types_inverse",
                table: "registry_relation_types",
                column: "inverse",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_relations_from_id_to_id_type",
                table: "registry_relations",
                columns: new[] { "from_id", "to_id", "type" },
                unique: true,
                filter: "ended_on is null"
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_relations_id",
                table: "registry_relations",
                column: "id",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_relations_to_id",
                table: "registry_relations",
                column: "to_id"
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_relations_type",
                table: "registry_relations",
                column: "type"
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_search_texts_field_head",
                table: "registry_search_texts",
                columns: new[] { "field", "head" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_search_tokens_registrant_id",
                table: "registry_search_tokens",
                column: "registrant_id"
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_spouses_id",
                table: "registry_spouses",
                column: "id",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_spouses_person1_id_person2_id",
                table: "registry_spouses",
                columns: new[] { "person1_id", "person2_id" },
                unique: true,
                filter: "not is_separated"
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_spouses_person2_id",
                table: "registry_spouses",
                column: "person2_id"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "registry_parents");

            migrationBuilder.DropTable(name: "registry_relation_types");

            migrationBuilder.DropTable(name: "registry_relations");

            migrationBuilder.DropTable(name: "registry_search_texts");

            migrationBuilder.DropTable(name: "registry_search_tokens");

            migrationBuilder.DropTable(name: "registry_spouses");
        }
    }
}
