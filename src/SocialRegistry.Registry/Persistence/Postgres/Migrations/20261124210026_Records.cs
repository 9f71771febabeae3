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
                name: "number_pool",
                schema: "registry",
                columns: table => new
                {
                    type = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    token = table.Column<byte[]>(type: "bytea", nullable: false),
                    slot = table.Column<int>(type: "integer", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: true),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    taken_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_number_pool", x => new { x.type, x.token });
                }
            );

            migrationBuilder.CreateIndex(
                name: "ix_number_pool_free",
                schema: "registry",
                table: "number_pool",
                columns: new[] { "type", "slot" },
                filter: "taken_at is null"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "number_pool", schema: "registry");
        }
    }
}
